package io.seawall;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of an expression of Prometheus as is needed to see whether what it names is there.
 *
 * @param selectors what it reads
 * @param grouped the labels that it groups by
 */
record Expression(List<Selector> selectors, Set<String> grouped) {

    private static final Pattern SELECTOR = Pattern.compile("\\b(seawall_\\w+)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Pattern GROUPED = Pattern.compile("\\b(?:by|on|without)\\s*\\(([^)]*)\\)");

    /**
     * One metric, and what is asked of its labels.
     *
     * @param name as Prometheus has it
     * @param values of each label: those that it is compared with; none for a variable of a dashboard
     */
    record Selector(String name, Map<String, Set<String>> values) {}

    static Expression of(String text) {
        List<Selector> selectors = new ArrayList<>();
        Matcher selector = SELECTOR.matcher(text);
        while (selector.find()) {
            Map<String, Set<String>> values = new TreeMap<>();
            Matcher matcher = MATCHER.matcher(selector.group(2) == null ? "" : selector.group(2));
            while (matcher.find()) {
                Set<String> ofLabel = values.computeIfAbsent(matcher.group(1), label -> new TreeSet<>());
                if (!matcher.group(3).startsWith("$")) {
                    ofLabel.addAll(List.of(matcher.group(3).split("\\|", -1)));
                }
            }
            selectors.add(new Selector(selector.group(1), values));
        }
        Set<String> grouped = new TreeSet<>();
        Matcher by = GROUPED.matcher(text);
        while (by.find()) {
            Arrays.stream(by.group(1).split(",", -1)).map(String::strip).forEach(grouped::add);
        }
        return new Expression(selectors, grouped);
    }
}
