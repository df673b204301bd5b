package io.seawall.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Targets of requests as no client library would send them: every way that is known to write {@code /login} or {@code
 * /api/orders}, below the context root of an application, as another path.
 */
public final class HostilePaths {

    private static final String[] BEFORE =
            ("/ // /./ /a/../ /a/b/../../ /;x/ /.;x/ /a/..;x/ /%2e/ /a/%2E%2e;x/ /%2f /a%2f..%2f /\\ /a%5c..%5c"
                            + " /api/../ /api/..;/ /api/%2e%2e/ /api/..%2f /api/%252e%252e/ /%00/ /../")
                    .split(" ", -1);
    private static final String[] WORDS = "login LOGIN %6cogin %256cogin api/orders %61pi/x api;x/y".split(" ", -1);
    private static final String[] AFTER =
            "/ // ; ;x=1 /;x /. /%2e /x/.. %2f %2fx %5c %3bx %3fx %23 %00 %20 . /..%2f..%2fx ?q ;%2f..".split(" ", -1);

    private HostilePaths() {}

    /**
     * Each way by itself, and those before the word with every spelling of it.
     *
     * @param root the context path, of one segment: {@code /shop}
     * @return some hundreds; the usual spellings are among them
     */
    public static List<String> below(String root) {
        List<String> targets = new ArrayList<>();
        for (String word : WORDS) {
            for (String before : BEFORE) {
                targets.add(root + before + word);
            }
            for (String after : AFTER) {
                targets.add(root + "/" + word + after);
            }
            for (String up : new String[] {"/..", "/%2e%2e"}) {
                targets.add(root + up + root + "/" + word);
            }
        }
        for (String context : contexts(root)) {
            for (String word : WORDS) {
                targets.add(context + "/" + word);
            }
        }
        return targets;
    }

    /**
     * Those before the word with those after it.
     *
     * @param root as for {@link #below}
     * @return about a thousand
     */
    public static List<String> combinedBelow(String root) {
        List<String> targets = new ArrayList<>();
        for (String before : BEFORE) {
            for (String after : AFTER) {
                targets.add(root + before + "login" + after);
                targets.add(root + before + "api/orders" + after);
            }
        }
        return targets;
    }

    private static List<String> contexts(String root) {
        return List.of(
                "/" + root,
                root + ";x",
                "/%" + Integer.toHexString(root.charAt(1)) + root.substring(2),
                "/x/.." + root,
                "/." + root,
                root + "/.",
                "http://a" + root,
                root.toUpperCase(Locale.ROOT));
    }
}
