package io.seawall.filter.client;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The slow, obvious twin for {@code Forwarded}: the grammar as a regular expression, tried at every comma. */
final class NaiveForwarded {

    private static final String TOKEN = "!#$%&'*+.^_`|~0-9A-Za-z-";
    private static final String QUOTED = "\"(?:[^\"\\\\]++|\\\\.)*+\"";
    private static final String PARAMETER = "([" + TOKEN + "]+)=([:\\[\\]" + TOKEN + "]+|" + QUOTED + ")";
    private static final String ITEM =
            "[ \\t]*(?:PARAMETER)?[ \\t]*(?:;[ \\t]*(?:PARAMETER)?[ \\t]*)*".replace("PARAMETER", PARAMETER);
    private static final Pattern WHOLE_ITEM = Pattern.compile(ITEM, Pattern.DOTALL);
    private static final Pattern ONE_PARAMETER = Pattern.compile("(?:^|;)[ \\t]*" + PARAMETER, Pattern.DOTALL);

    private NaiveForwarded() {}

    /** The hops from the last to the first, as far as they are well-formed items with one address. */
    static List<IpAddress> hops(List<String> lines) {
        List<IpAddress> hops = new ArrayList<>();
        for (int i = lines.size() - 1; i >= 0; i--) {
            int end = lines.get(i).length();
            while (end >= 0) {
                int start = startOfLastItem(lines.get(i).substring(0, end));
                boolean readable = start >= 0 && end - start <= 1024;
                IpAddress hop = readable ? address(lines.get(i).substring(start, end)) : null;
                if (hop == null) {
                    return hops;
                }
                hops.add(hop);
                end = start - 1;
            }
        }
        return hops;
    }

    /** Where the well-formed item begins that the line ends with; -1 if there is none. */
    private static int startOfLastItem(String line) {
        int start = line.length();
        while (start >= 0) {
            start = line.lastIndexOf(',', start - 1) + 1;
            if (WHOLE_ITEM.matcher(line.substring(start)).matches()) {
                return start;
            }
            start--;
        }
        return -1;
    }

    private static @Nullable IpAddress address(String item) {
        List<String> values = parameters(item)
                .filter(parameter -> parameter.group(1).equalsIgnoreCase("for"))
                .map(parameter -> parameter.group(2))
                .toList();
        if (values.size() != 1) {
            return null;
        }
        String value = values.get(0);
        return NaiveAddresses.node(
                value.startsWith("\"")
                        ? value.substring(1, value.length() - 1).replaceAll("(?s)\\\\(.)", "$1")
                        : value);
    }

    private static Stream<MatchResult> parameters(String item) {
        return ONE_PARAMETER.matcher(item).results();
    }
}
