package io.seawall.observe.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request that changes something was sent by a page of the console, and not by another page in the browser of one who may.
 * Such a page can send neither the media type nor the field without a preflight, which is never granted; what browsers say of
 * themselves is heeded beside that.
 */
final class SameSite {

    /** The field that a page must send. */
    static final String MARK = "X-Seawall-Console";

    private final Set<String> origins;

    SameSite(Set<String> origins) {
        this.origins = origins;
    }

    /** Throws what the sender is told, if it may be another page. */
    void require(HttpServletRequest request) {
        if (!isJson(sole("Content-Type", request))) {
            throw new Problem(415, "send it as Content-Type: application/json");
        }
        if (!"1".equals(sole(MARK, request))) {
            throw new Problem(403, "send the field " + MARK + ": 1, as the page of the console does");
        }
        String site = sole("Sec-Fetch-Site", request);
        if (site != null && !site.equals("same-origin")) {
            throw new Problem(403, "it was sent by another site: open the console itself");
        }
        String origin = sole("Origin", request);
        if (origin != null && !isOurs(origin, request)) {
            throw new Problem(
                    403,
                    "it was sent by a page of another host than it was sent to; behind a proxy that changes the host, name"
                            + " the page's in the init-param 'origins' of the console");
        }
    }

    /** Of two, whoever reads after us may heed the other. */
    private static @Nullable String sole(String field, HttpServletRequest request) {
        Enumeration<String> values = request.getHeaders(field);
        String value = values.hasMoreElements() ? values.nextElement() : null;
        if (values.hasMoreElements()) {
            throw new Problem(400, "the field " + field + " is there twice: send it once");
        }
        return value;
    }

    private boolean isOurs(String text, HttpServletRequest request) {
        Origin origin = Origin.parse(text);
        return origin != null && (origins.contains(origin.toString()) || origin.isOf(host(request)));
    }

    private static String host(HttpServletRequest request) {
        String host = request.getHeader("Host");
        return host == null ? request.getServerName() + ":" + request.getServerPort() : host;
    }

    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        int semicolon = contentType.indexOf(';');
        String type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        String rest = semicolon < 0
                ? ""
                : contentType.substring(semicolon + 1).strip().toLowerCase(Locale.ROOT);
        return type.strip().equalsIgnoreCase("application/json")
                && (rest.isEmpty() || rest.equals("charset=utf-8") || rest.equals("charset=\"utf-8\""));
    }
}
