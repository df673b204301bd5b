package io.seawall.filter;

import io.seawall.ratelimit.ClientHash;
import org.jspecify.annotations.Nullable;

/**
 * What a set of limits is called in the store, of which it is a part of every key: {@code api} for a filter of that name,
 * {@code api--login} for a policy of its file, and each with {@code --ip} for the limits by address beside it. No two filters and
 * policies of one application are called the same, so none uses up what another grants.
 */
final class LimitSetName {

    static final String IP = "--ip";

    private static final String JOINT = "--";

    /** Of a name in the store, without what {@link #IP} adds. */
    private static final int MAX_LENGTH = 64 - IP.length();

    private LimitSetName() {}

    /**
     * The name of a set.
     *
     * @param filterName anything
     * @param policy of a policies file, a name of one; null if there is no file
     */
    static String of(String filterName, @Nullable String policy) {
        String whole = policy == null ? filterName : filterName + JOINT + policy;
        String allowed = whole.codePoints()
                .map(c -> isAllowed(c) ? c : '_')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        // Then the first joint ends the name of the filter, and a name that has none is that of a filter.
        boolean unambiguous = !filterName.contains(JOINT) && !filterName.endsWith("-");
        if (allowed.equals(whole) && !filterName.isEmpty() && whole.length() <= MAX_LENGTH && unambiguous) {
            return whole;
        }
        String hash = ClientHash.of(policy == null ? filterName : filterName + '\n' + policy);
        return allowed.substring(0, Math.min(allowed.length(), MAX_LENGTH - 1 - hash.length())) + "-" + hash;
    }

    private static boolean isAllowed(int c) {
        return c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_');
    }
}
