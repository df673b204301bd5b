package io.seawall.filter.caching;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The slow, obvious twin: the grammar as a regular expression. */
final class NaiveIfNoneMatch {

    private static final String TAG = "(?:W/)?+(\"[\\x21\\x23-\\x7e\\x80-\\xff]*+\")";
    private static final Pattern ONE = Pattern.compile(TAG);
    private static final Pattern LIST =
            Pattern.compile("[ \\t]*+(?:TAG[ \\t]*+)?+(?:,[ \\t]*+(?:TAG[ \\t]*+)?+)*+".replace("TAG", TAG));

    private NaiveIfNoneMatch() {}

    static boolean matches(List<String> lines, String tag) {
        if (!ONE.matcher(tag).matches()
                || lines.stream().mapToInt(String::length).sum() > IfNoneMatch.MAX_LENGTH) {
            return false;
        }
        if (lines.size() == 1
                && lines.get(0).replaceAll("^[ \\t]+|[ \\t]+$", "").equals("*")) {
            return true;
        }
        return lines.stream().allMatch(line -> LIST.matcher(line).matches())
                && lines.stream()
                        .flatMap(line -> ONE.matcher(line).results())
                        .map(result -> result.group(1))
                        .anyMatch(opaque(tag)::equals);
    }

    private static String opaque(String tag) {
        MatchResult result = ONE.matcher(tag).results().findFirst().orElseThrow();
        return result.group(1);
    }
}
