package io.seawall.filter.client;

import org.jspecify.annotations.Nullable;

/**
 * Reads IP addresses, literals only, and strictly: {@code InetAddress} would ask the name server about anything that is
 * none, and takes {@code 127.1}, {@code 010.1.2.3} and {@code 2130706433} for addresses. Reads in place, and copies nothing.
 */
final class IpLiteral {

    private static final int GROUPS = IpAddress.GROUPS;
    private static final int MAX_PORT_DIGITS = 5;
    private static final int MAX_PORT = 65_535;

    private IpLiteral() {}

    /** An address and nothing else; null if the text is none (RFC 4291, section 2.2). */
    static @Nullable IpAddress address(CharSequence text) {
        return address(text, 0, text.length());
    }

    /**
     * An address with what servers and proxies write around it: {@code 192.0.2.1:4711}, {@code [2001:db8::1]},
     * {@code [2001:db8::1]:4711}, {@code fe80::1%eth0}, and ports that a proxy does not tell, {@code 192.0.2.1:_hidden} (RFC
     * 7239, section 6.3). Port and zone say nothing about who it is. Null if it is none.
     */
    static @Nullable IpAddress node(CharSequence text, int from, int to) {
        if (from < to && text.charAt(from) == '[') {
            int close = indexOf(text, ']', from, to);
            boolean plain = close == to - 1;
            return plain || (close > 0 && isPort(text, close + 1, to)) ? ipv6WithZone(text, from + 1, close) : null;
        }
        int colon = indexOf(text, ':', from, to);
        if (colon < 0) {
            return address(text, from, to);
        }
        return isPort(text, colon, to) && indexOf(text, '.', from, colon) > 0
                ? address(text, from, colon)
                : ipv6WithZone(text, from, to);
    }

    private static @Nullable IpAddress ipv6WithZone(CharSequence text, int from, int to) {
        int zone = indexOf(text, '%', from, to);
        int end = zone < 0 ? to : zone;
        return indexOf(text, ':', from, end) < 0 ? null : address(text, from, end);
    }

    private static boolean isPort(CharSequence text, int from, int to) {
        return from < to
                && text.charAt(from) == ':'
                && (isBetween(0, number(text, from + 1, to, 10, MAX_PORT_DIGITS), MAX_PORT)
                        || isObfuscated(text, from + 1, to));
    }

    private static boolean isObfuscated(CharSequence text, int from, int to) {
        if (to - from < 2 || text.charAt(from) != '_') {
            return false;
        }
        for (int i = from + 1; i < to; i++) {
            char c = text.charAt(i);
            boolean alphanumeric = c < 128 && Character.isLetterOrDigit(c);
            if (!alphanumeric && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static @Nullable IpAddress address(CharSequence text, int from, int to) {
        if (indexOf(text, ':', from, to) >= 0) {
            return ipv6(text, from, to);
        }
        long bits = ipv4(text, from, to);
        return bits < 0 ? null : IpAddress.ofIpv4(bits);
    }

    /** Groups with ':' between them, one run of zero groups left out as '::'; the last two may be an IPv4 address. */
    private static @Nullable IpAddress ipv6(CharSequence text, int from, int to) {
        int[] groups = new int[GROUPS];
        int count = 0;
        int gap = -1;
        int at = from;
        if (to - from >= 2 && text.charAt(from) == ':' && text.charAt(from + 1) == ':') {
            gap = 0;
            at += 2;
        }
        while (at < to) {
            int colon = indexOf(text, ':', at, to);
            int end = colon < 0 ? to : colon;
            if (colon < 0 && count <= GROUPS - 2 && indexOf(text, '.', at, to) >= 0) {
                long bits = ipv4(text, at, to);
                if (bits < 0) {
                    return null;
                }
                groups[count++] = (int) (bits >>> 16);
                groups[count++] = (int) (bits & 0xffff);
                break;
            }
            int group = number(text, at, end, 16, 4);
            if (group < 0 || count == GROUPS) {
                return null;
            }
            groups[count++] = group;
            at = end + 1;
            if (at == to) {
                return null;
            }
            if (at < to && text.charAt(at) == ':') {
                if (gap >= 0) {
                    return null;
                }
                gap = count;
                at++;
            }
        }
        if (gap < 0 ? count < GROUPS : count == GROUPS) {
            return null;
        }
        int zeros = GROUPS - count;
        return new IpAddress(bits(groups, 0, gap, zeros), bits(groups, GROUPS / 2, gap, zeros));
    }

    /** Four of the eight groups, when those after the gap are moved on by the zeros that it stands for. */
    private static long bits(int[] groups, int first, int gap, int zeros) {
        long bits = 0;
        for (int i = first; i < first + GROUPS / 2; i++) {
            boolean beforeGap = gap < 0 || i < gap;
            int group = beforeGap ? groups[i] : i < gap + zeros ? 0 : groups[i - zeros];
            bits = bits << 16 | group;
        }
        return bits;
    }

    /** Four octets without leading zeros, which some read as octal; -1 if it is something else. */
    private static long ipv4(CharSequence text, int from, int to) {
        long bits = 0;
        int at = from;
        for (int octet = 1; octet <= 4; octet++) {
            int end = octet == 4 ? to : indexOf(text, '.', at, to);
            int value = number(text, at, end, 10, 3);
            boolean leadingZero = end - at > 1 && text.charAt(at) == '0';
            if (!isBetween(0, value, 255) || leadingZero) {
                return -1;
            }
            bits = bits << 8 | value;
            at = end + 1;
        }
        return bits;
    }

    /** -1 if it is no number of 1 to this many digits; they are ASCII. */
    static int number(CharSequence text, int from, int to, int radix, int maxDigits) {
        if (from >= to || to - from > maxDigits) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }

    private static boolean isBetween(int min, int value, int max) {
        return min <= value && value <= max;
    }

    private static int indexOf(CharSequence text, char wanted, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) == wanted) {
                return i;
            }
        }
        return -1;
    }
}
