package io.seawall.filter.client;

/** Characters as HTTP has them (RFC 9110, section 5.6). */
final class HttpSyntax {

    private HttpSyntax() {}

    /** Of a token: a name of a header, a cookie, a parameter. */
    static boolean isTokenChar(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    /** Of optional white space. */
    static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
