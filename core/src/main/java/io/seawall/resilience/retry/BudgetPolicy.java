package io.seawall.resilience.retry;

/**
 * How many retries the calls of a target may have, all together: a part of the calls, and some a second besides, so that a
 * target with few calls still has its retries. Immutable; cannot exist wrong.
 *
 * @param percent retries per 100 calls, 0 to 100
 * @param perSecond retries per second besides, 0 to {@value #MAX_PER_SECOND}; not both are 0
 */
public record BudgetPolicy(int percent, int perSecond) {

    /** More than this is no floor, but a flood. */
    public static final int MAX_PER_SECOND = 1000;

    private static final int MAX_DIGITS = 4;

    /**
     * Checks both numbers.
     *
     * @param percent see {@link #percent}
     * @param perSecond see {@link #perSecond}
     * @throws IllegalArgumentException if one is out of its range, or both are 0: {@code maxRetries = 0} switches retrying off
     */
    public BudgetPolicy {
        if (percent < 0 || percent > 100) {
            throw new IllegalArgumentException("the budget is " + percent + "% of the calls: use 0 to 100");
        }
        if (perSecond < 0 || perSecond > MAX_PER_SECOND) {
            throw new IllegalArgumentException("the budget is " + perSecond + "/s besides: use 0 to " + MAX_PER_SECOND);
        }
        if (percent == 0 && perSecond == 0) {
            throw new IllegalArgumentException("a budget of nothing: to switch retrying off, use maxRetries = 0");
        }
    }

    /**
     * 10 % of the calls and 1 a second.
     *
     * @return what a plain {@code @Resilient} means
     */
    public static BudgetPolicy defaults() {
        return new BudgetPolicy(10, 1);
    }

    /**
     * Reads a budget.
     *
     * @param text for example {@code 10% + 1/s}, {@code 10%} or {@code 1/s}; white space does not count around the parts
     * @return the budget
     * @throws IllegalArgumentException if the text is anything else, or a number is out of its range
     */
    public static BudgetPolicy parse(String text) {
        int plus = text.indexOf('+');
        String first = (plus < 0 ? text : text.substring(0, plus)).strip();
        String second = plus < 0 ? "" : text.substring(plus + 1).strip();
        if (first.endsWith("%") && plus < 0) {
            return new BudgetPolicy(number(first, "%", text), 0);
        }
        if (first.endsWith("%")) {
            return new BudgetPolicy(number(first, "%", text), number(second, "/s", text));
        }
        if (plus < 0) {
            return new BudgetPolicy(0, number(first, "/s", text));
        }
        throw notABudget(text);
    }

    private static int number(String part, String unit, String text) {
        String digits = part.endsWith(unit)
                ? part.substring(0, part.length() - unit.length()).strip()
                : "";
        if (digits.isEmpty() || digits.length() > MAX_DIGITS || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw notABudget(text);
        }
        return Integer.parseInt(digits);
    }

    private static IllegalArgumentException notABudget(String text) {
        return new IllegalArgumentException("'" + text.strip()
                + "' is not a budget: write a part of the calls and a number a second, for example 10% + 1/s, or one of"
                + " them");
    }
}
