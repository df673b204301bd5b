package io.seawall.filter;

import org.jspecify.annotations.Nullable;

/**
 * An IP address as a client: an IPv4 address, or the first 64 bits of an IPv6 address, since whoever has one address of
 * such a network has all 2^64. An IPv4-mapped IPv6 address is the IPv4 address (RFC 4291, section 2.5.5.2), whatever way it
 * is written.
 *
 * <p>Literals only, read strictly: {@code InetAddress} would ask the name server about anything that is none, and takes
 * {@code 127.1} and {@code 2130706433} for addresses.
 */
final class ClientAddress {

    private static final int GROUPS = 8;
    private static final int NETWORK_GROUPS = 4;

    private ClientAddress() {}

    /**
     * The client of an address, in one spelling for all spellings of it. What is no address stands for itself: a container
     * may report other peers, and they are clients too.
     */
    static String of(String text) {
        String literal = withoutBracketsAndZone(text);
        if (literal.indexOf(':') < 0) {
            return literal;
        }
        int[] groups = parseIpv6(literal);
        return groups == null ? text : isIpv4Mapped(groups) ? ipv4(groups) : network(groups);
    }

    private static String withoutBracketsAndZone(String text) {
        String address = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }

    /** Eight groups of 16 bits, or null if the text is no IPv6 address (RFC 4291, section 2.2). */
    private static int @Nullable [] parseIpv6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            int[] groups = parseGroups(text, true);
            return groups != null && groups.length == GROUPS ? groups : null;
        }
        int[] head = parseGroups(text.substring(0, gap), false);
        int[] tail = parseGroups(text.substring(gap + 2), true);
        if (head == null || tail == null || head.length + tail.length >= GROUPS) {
            return null;
        }
        int[] groups = new int[GROUPS];
        System.arraycopy(head, 0, groups, 0, head.length);
        System.arraycopy(tail, 0, groups, GROUPS - tail.length, tail.length);
        return groups;
    }

    /** Groups with ':' between them; the last may be an IPv4 address, which is two groups. */
    private static int @Nullable [] parseGroups(String text, boolean mayEndWithIpv4) {
        if (text.isEmpty()) {
            return new int[0];
        }
        String[] parts = text.split(":", -1);
        if (parts.length > GROUPS) {
            return null;
        }
        String last = parts[parts.length - 1];
        int[] ipv4 = mayEndWithIpv4 && last.indexOf('.') >= 0 ? parseIpv4(last) : null;
        int hexGroups = ipv4 == null ? parts.length : parts.length - 1;
        int[] groups = new int[ipv4 == null ? hexGroups : hexGroups + 2];
        for (int i = 0; i < hexGroups; i++) {
            groups[i] = parseNumber(parts[i], 16, 4, 0xffff);
            if (groups[i] < 0) {
                return null;
            }
        }
        if (ipv4 != null) {
            groups[hexGroups] = ipv4[0] << 8 | ipv4[1];
            groups[hexGroups + 1] = ipv4[2] << 8 | ipv4[3];
        }
        return groups;
    }

    private static int @Nullable [] parseIpv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        int[] octets = new int[4];
        for (int i = 0; i < 4; i++) {
            octets[i] = parseNumber(parts[i], 10, 3, 255);
            boolean leadingZero = parts[i].length() > 1 && parts[i].charAt(0) == '0';
            if (octets[i] < 0 || leadingZero) {
                return null;
            }
        }
        return octets;
    }

    /** -1 if it is no number of this many digits and size. */
    private static int parseNumber(String digits, int radix, int maxDigits, int max) {
        if (digits.isEmpty() || digits.length() > maxDigits) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            int digit = c < 128 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value <= max ? value : -1;
    }

    private static boolean isIpv4Mapped(int[] groups) {
        for (int i = 0; i < 5; i++) {
            if (groups[i] != 0) {
                return false;
            }
        }
        return groups[5] == 0xffff;
    }

    private static String ipv4(int[] groups) {
        return (groups[6] >> 8) + "." + (groups[6] & 0xff) + "." + (groups[7] >> 8) + "." + (groups[7] & 0xff);
    }

    private static String network(int[] groups) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < NETWORK_GROUPS; i++) {
            text.append(Integer.toHexString(groups[i])).append(':');
        }
        return text.append(":/64").toString();
    }
}
