package io.seawall.filter;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Why nobody asked whether a request is within its limits. A closed set: it is a label. */
enum Exemption {
    /** Its client is exempt. */
    CLIENT("client"),
    /** It is a CORS preflight. */
    PREFLIGHT("preflight"),
    /** Its route is exempt. */
    ROUTE("route"),
    /** No policy is for it, or it costs nothing. */
    NO_POLICY("no-policy");

    private final String text;

    /** Why no policy is asked about a request; null if they are. */
    static @Nullable Exemption of(HttpServletRequest request, FilterSettings settings) {
        if (settings.exemptions().exemptClient(request, settings.address())) {
            return CLIENT;
        }
        if (settings.preflights().exempts(request)) {
            return PREFLIGHT;
        }
        return settings.exemptions().exemptRoute(request) ? ROUTE : null;
    }

    Exemption(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
