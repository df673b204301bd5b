package io.seawall.filter.answer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of the application's own for clients beyond a limit: {@code {retry-after}} becomes the number of seconds that the
 * field of this name has, {@code {policies}} the names of the limits that refused. All other braces stay as they are. Immutable.
 */
final class PageTemplate {

    static final int MAX_BYTES = 64 * 1024;

    private static final String RETRY_AFTER = "{retry-after}";
    private static final String POLICIES = "{policies}";

    /** Text and placeholders in turn. */
    private final List<String> parts;

    private PageTemplate(List<String> parts) {
        this.parts = List.copyOf(parts);
    }

    static PageTemplate of(String text) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', open + 1)) {
            String placeholder = text.startsWith(RETRY_AFTER, open) ? RETRY_AFTER : POLICIES;
            if (text.startsWith(placeholder, open)) {
                parts.add(text.substring(from, open));
                parts.add(placeholder);
                from = open + placeholder.length();
            }
        }
        parts.add(text.substring(from));
        return new PageTemplate(parts);
    }

    /** Reads a page in UTF-8; {@code name} is what messages call it. */
    static PageTemplate read(InputStream page, String name) throws IOException {
        byte[] bytes = page.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("'" + name + "' has more than " + MAX_BYTES
                    + " bytes: every refused request is sent all of it, make it smaller");
        }
        try {
            return of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("'" + name + "' is not in UTF-8: save it in UTF-8", e);
        }
    }

    /** Whether the page says the truth about this refusal: it is about limits, and may have a place for a number. */
    boolean fits(Refusal refusal) {
        return refusal.problem() != ProblemType.TEMPORARY_REDUCED_CAPACITY
                && (refusal.retryAfterSeconds().isPresent() || !parts.contains(RETRY_AFTER));
    }

    /** The page for a refusal that it fits. */
    String of(Refusal refusal) {
        StringBuilder page = new StringBuilder();
        for (String part : parts) {
            switch (part) {
                case RETRY_AFTER -> page.append(refusal.retryAfterSeconds().orElseThrow());
                case POLICIES -> appendEscaped(page, String.join(", ", refusal.violatedPolicies()));
                default -> page.append(part);
            }
        }
        return page.toString();
    }

    /** For text and for quoted attributes. The names of our own limits need no escaping. */
    private static void appendEscaped(StringBuilder page, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> page.append("&amp;");
                case '<' -> page.append("&lt;");
                case '>' -> page.append("&gt;");
                case '"' -> page.append("&quot;");
                case '\'' -> page.append("&#39;");
                default -> page.append(c);
            }
        }
    }
}
