package io.seawall.observe.console;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who may see the console.
 *
 * @param principal the name that the container knows him by; null if it knows none
 * @param mayAct whether he may change something
 */
record Viewer(@Nullable String principal, boolean mayAct) {

    /** Longer names are cut: they go into the log. */
    private static final int MAX_SHOWN = 100;

    /** For people and the log: on one line. */
    String shown() {
        return shown(principal);
    }

    static String shown(@Nullable String principal) {
        if (principal == null) {
            return "somebody who is not logged in";
        }
        StringBuilder shown = new StringBuilder();
        principal
                .codePoints()
                .limit(MAX_SHOWN)
                .map(c -> Character.isISOControl(c)
                                || Character.getType(c) == Character.FORMAT
                                || c == 0x2028
                                || c == 0x2029
                        ? '?'
                        : c)
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }
}
