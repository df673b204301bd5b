package io.seawall.filter.client;

import org.jspecify.annotations.Nullable;

/**
 * One item of {@code Forwarded}, read strictly: parameters with {@code ;} between them, each a name, {@code =}, and a token or a quoted
 * string (RFC 7239, section 4). Only {@code for} counts, in any case. An item without it, with two of them, or that is not
 * by the grammar tells of no address.
 *
 * <p>Two things are taken that the grammar does not have and proxies write: spaces around {@code ;}, and an address with
 * colons or brackets and no quotes around it.
 */
final class ForwardedItem {

    private final CharSequence line;
    private final int to;
    private int at;
    private @Nullable IpAddress address;

    private ForwardedItem(CharSequence line, int from, int to) {
        this.line = line;
        this.at = from;
        this.to = to;
    }

    static @Nullable IpAddress address(CharSequence line, int from, int to) {
        ForwardedItem item = new ForwardedItem(line, from, to);
        return item.read() ? item.address : null;
    }

    /** False if it is not by the grammar, which lets a parameter be empty. */
    private boolean read() {
        do {
            skipSpaces();
            if (at < to && line.charAt(at) != ';' && !readParameter()) {
                return false;
            }
            skipSpaces();
        } while (skip(';'));
        return at == to;
    }

    private boolean readParameter() {
        int name = at;
        while (at < to && HttpSyntax.isTokenChar(line.charAt(at))) {
            at++;
        }
        boolean isFor = isFor(name, at);
        if (at == name || !skip('=')) {
            return false;
        }
        int value = at;
        boolean quoted = skip('"');
        if (quoted ? !skipQuoted() : !skipUnquoted()) {
            return false;
        }
        if (!isFor) {
            return true;
        }
        boolean first = address == null;
        address = quoted ? unquotedNode(value, at) : IpLiteral.node(line, value, at);
        return first && address != null;
    }

    private boolean isFor(int from, int end) {
        return end - from == 3
                && (line.charAt(from) | 0x20) == 'f'
                && (line.charAt(from + 1) | 0x20) == 'o'
                && (line.charAt(from + 2) | 0x20) == 'r';
    }

    /** To the end of what a quote has opened. */
    private boolean skipQuoted() {
        while (at < to) {
            char c = line.charAt(at);
            at += c == '\\' ? 2 : 1;
            if (c == '"') {
                return true;
            }
        }
        return false;
    }

    private boolean skipUnquoted() {
        int from = at;
        while (at < to && isUnquoted(line.charAt(at))) {
            at++;
        }
        return at > from;
    }

    private static boolean isUnquoted(char c) {
        return HttpSyntax.isTokenChar(c) || c == ':' || c == '[' || c == ']';
    }

    private @Nullable IpAddress unquotedNode(int from, int end) {
        StringBuilder text = new StringBuilder(end - from);
        for (int i = from + 1; i < end - 1; i++) {
            char c = line.charAt(i);
            text.append(c == '\\' ? line.charAt(++i) : c);
        }
        return IpLiteral.node(text, 0, text.length());
    }

    private void skipSpaces() {
        while (at < to && HttpSyntax.isSpace(line.charAt(at))) {
            at++;
        }
    }

    private boolean skip(char wanted) {
        boolean there = at < to && line.charAt(at) == wanted;
        if (there) {
            at++;
        }
        return there;
    }
}
