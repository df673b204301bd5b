package io.seawall.filter.answer;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The items of both draft fields of one answer, by name, beginning with what other filters have told already. Of two limits of
 * one name only the one that is nearer to a refusal is told: a client could not tell them apart, and who obeys this one
 * obeys both.
 *
 * <p>What others wrote is taken apart as far as needed, and kept as it was written. Not thread-safe.
 */
final class FieldItems {

    private final Map<String, String> policies = new LinkedHashMap<>();
    private final Map<String, String> quotas = new LinkedHashMap<>();
    private final Set<String> refused = new HashSet<>();

    FieldItems(Collection<String> policyLines, Collection<String> quotaLines) {
        policyLines.forEach(line -> split(line, policies));
        quotaLines.forEach(line -> split(line, quotas));
    }

    /** Of a limit that was counted; {@code refuses} if it is what ends the request, which nothing is nearer than. */
    void add(String policy, String quota, boolean refuses) {
        String name = name(policy);
        String told = quotas.get(name);
        boolean nearer = told == null || (refuses == refused.contains(name) ? isNearerToRefusal(quota, told) : refuses);
        if (refuses) {
            refused.add(name);
        }
        if (nearer) {
            policies.put(name, policy);
            quotas.put(name, quota);
        }
    }

    String policies() {
        return String.join(", ", policies.values());
    }

    String quotas() {
        return String.join(", ", quotas.values());
    }

    /** Fewer permits left; if as many, the longer wait. */
    private static boolean isNearerToRefusal(String quota, String told) {
        long left = parameter(quota, ";r=");
        long toldLeft = parameter(told, ";r=");
        return left == toldLeft ? parameter(quota, ";t=") > parameter(told, ";t=") : left < toldLeft;
    }

    /** -1 if there is no integer that a field could hold. */
    private static long parameter(String item, String key) {
        int from = item.indexOf(key, name(item).length());
        if (from < 0) {
            return -1;
        }
        from += key.length();
        int to = from;
        while (to < item.length() && item.charAt(to) >= '0' && item.charAt(to) <= '9') {
            to++;
        }
        return to == from || to - from > 15 ? -1 : Long.parseLong(item, from, to, 10);
    }

    /** At the commas that are outside strings; nothing else that may be in such a list has any. */
    private static void split(String line, Map<String, String> items) {
        int from = 0;
        while (from <= line.length()) {
            int to = QuotedText.indexOf(',', line, from, line.length());
            String item = line.substring(from, to).strip();
            if (!item.isEmpty()) {
                items.putIfAbsent(name(item), item);
            }
            from = to + 1;
        }
    }

    private static String name(String item) {
        return item.substring(0, QuotedText.indexOf(';', item, 0, item.length()))
                .strip();
    }
}
