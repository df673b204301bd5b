package io.seawall.storm.report;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The colours, by day and by night. Styles name them as {@code var(--ink)}; a page defines these variables, and a picture that
 * stands alone has the values in their place, since not everything that draws SVG knows variables.
 */
enum Palette {
    LIGHT(
            "ground #f4f6f8",
            "card #ffffff",
            "raised #eef2f5",
            "ink #17212b",
            "muted #566472",
            "line #dfe4ea",
            "edge #8693a0",
            "accent #0b6470",
            "outage #f3e3e0",
            "outage-word #8f3527",
            "good #1c7446",
            "bad #b3202c",
            "carried #1e7c8e",
            "excess #c8491c",
            "sent #6a4fb3",
            "fresh #0b7285",
            "degraded #3b6fc4",
            "limited #7a5bc0",
            "failed #b4451f",
            "on-band #ffffff",
            "spread #d5e8ec"),
    DARK(
            "ground #0e141b",
            "card #161e27",
            "raised #1e2833",
            "ink #e8edf2",
            "muted #9daab8",
            "line #2a3642",
            "edge #64727f",
            "accent #6fd0d8",
            "outage #33242a",
            "outage-word #ffa99a",
            "good #6ccb96",
            "bad #ff8d8d",
            "carried #3d9fae",
            "excess #f07a4b",
            "sent #b9a2f5",
            "fresh #4fb3c0",
            "degraded #8ab4f8",
            "limited #b9a2f5",
            "failed #ff8f66",
            "on-band #10171e",
            "spread #1f3f49");

    @SuppressWarnings("ImmutableEnumChecker") // nothing is put into it later
    private final Map<String, String> colours = new LinkedHashMap<>();

    Palette(String... pairs) {
        for (String pair : pairs) {
            int space = pair.indexOf(' ');
            colours.put(pair.substring(0, space), pair.substring(space + 1));
        }
    }

    /** Declarations for a style sheet. */
    String variables() {
        StringBuilder all = new StringBuilder();
        colours.forEach((name, value) ->
                all.append("--").append(name).append(": ").append(value).append("; "));
        return all.toString();
    }

    /** A style sheet with the values in place of the variables. */
    String applyTo(String css) {
        String applied = css;
        for (Map.Entry<String, String> colour : colours.entrySet()) {
            applied = applied.replace("var(--" + colour.getKey() + ")", colour.getValue());
        }
        return applied;
    }
}
