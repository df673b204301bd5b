package io.seawall.filter.client;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** The places that a request has by itself. */
final class ClientSources {

    private ClientSources() {}

    /** Who has logged in, by the container or by a filter before this one. */
    static @Nullable String principal(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        return principal == null ? null : principal.getName();
    }

    /** The first line of a header. */
    static ClientSource header(String name) {
        return request -> request.getHeader(name);
    }

    /** The first cookie of that name; unlike a header's, its case matters (RFC 6265). */
    static ClientSource cookie(String name) {
        return request -> {
            Cookie[] cookies = request.getCookies();
            for (int i = 0; cookies != null && i < cookies.length; i++) {
                if (cookies[i].getName().equals(name)) {
                    return cookies[i].getValue();
                }
            }
            return null;
        };
    }

    /** What a filter before this one has put into the request. */
    static ClientSource attribute(String name) {
        return request -> {
            Object value = request.getAttribute(name);
            return value == null ? null : value.toString();
        };
    }

    /** A session that there is already. The id that the client sent is not asked: it may be of no session at all. */
    static @Nullable String session(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session == null ? null : session.getId();
    }
}
