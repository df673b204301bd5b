package io.seawall.filter;

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

    Exemption(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
