package io.seawall.filter;

import java.util.BitSet;

/**
 * Which responses a request is charged for. It is charged before, so that many at once cannot slip by, and what turns out not to
 * be due is given back after the response. Immutable.
 *
 * @param named the statuses that the rule names
 * @param namedAreDue whether these are charged for, or all the others
 */
record OutcomeRule(BitSet named, boolean namedAreDue) {

    private static final int LOWEST = 100;
    private static final int HIGHEST = 599;
    private static final String GRAMMAR = "write status codes and classes with ',' between them, for example 401, 5xx";

    /** Charged for these only: {@code count = 401}. */
    static OutcomeRule count(String statuses) {
        return new OutcomeRule(parse(statuses), true);
    }

    /** Charged for all but these: {@code refund = 5xx}. */
    static OutcomeRule refund(String statuses) {
        return new OutcomeRule(parse(statuses), false);
    }

    /** Also asked of a status that is none of HTTP: an application may send any. */
    boolean isDue(int status) {
        return named.get(Math.max(0, status)) == namedAreDue;
    }

    private static BitSet parse(String statuses) {
        BitSet set = new BitSet(HIGHEST + 1);
        for (String part : statuses.split(",", -1)) {
            String status = part.strip();
            boolean isClass = status.length() == 3 && status.endsWith("xx") && isDigit(status.charAt(0), '1', '5');
            if (isClass) {
                int first = (status.charAt(0) - '0') * 100;
                set.set(first, first + 100);
            } else {
                set.set(code(status));
            }
        }
        return set;
    }

    private static int code(String text) {
        boolean number = text.length() == 3
                && isDigit(text.charAt(0), '1', '5')
                && isDigit(text.charAt(1), '0', '9')
                && isDigit(text.charAt(2), '0', '9');
        if (!number) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no status of " + LOWEST + " to " + HIGHEST + ": " + GRAMMAR);
        }
        return Integer.parseInt(text);
    }

    private static boolean isDigit(char c, char from, char to) {
        return from <= c && c <= to;
    }
}
