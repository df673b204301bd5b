package io.seawall.demo.readme;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a command printed, without what differs from run to run: dates, ids of orders, seconds.
 *
 * @param head the status and then the headers of an answer; empty without {@code -i}
 * @param body the rest
 */
record Printed(List<String> head, String body) {

    private static final Pattern ORDER = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final Pattern SECONDS = Pattern.compile("(?<=;t=)\\d+");

    static Printed parse(String text) {
        if (!text.startsWith("HTTP/1.1 ")) {
            return new Printed(List.of(), ORDER.matcher(text).replaceAll("ORDER"));
        }
        int end = text.indexOf("\n\n");
        List<String> head = new ArrayList<>();
        for (String line :
                text.substring(0, end < 0 ? text.length() : end).lines().toList()) {
            head.add(line.startsWith("HTTP/1.1 ") ? status(line) : header(line));
        }
        String body = end < 0 ? "" : text.substring(end + 2);
        return new Printed(head, ORDER.matcher(body).replaceAll("ORDER"));
    }

    /** Whether this answer is what the README shows; it may have headers that the README leaves out. */
    boolean isAsShown(Printed readme) {
        boolean sameStatus = head.isEmpty() == readme.head.isEmpty()
                && (head.isEmpty() || head.get(0).equals(readme.head.get(0)));
        return sameStatus && head.containsAll(readme.head) && body.equals(readme.body);
    }

    /** The code counts; the words after it are the server's own. */
    private static String status(String line) {
        return line.split(" ", 3)[1];
    }

    private static String header(String line) {
        int colon = line.indexOf(':');
        String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        String value = line.substring(colon + 1).strip();
        return name + ": "
                + switch (name) {
                    case "date" -> "DATE";
                    case "retry-after" -> value.replaceAll("\\d+", "SECONDS");
                    default -> SECONDS.matcher(value).replaceAll("SECONDS");
                };
    }
}
