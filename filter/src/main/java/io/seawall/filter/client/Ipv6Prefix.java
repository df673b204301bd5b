package io.seawall.filter.client;

/**
 * How much of an IPv6 address is one client: whoever has one address of a network has all of them. Of IPv4 it is the whole
 * address, also of one that is written as IPv6 ({@code ::ffff:192.0.2.1}). One behind a translator (NAT64,
 * {@code 64:ff9b::/96}) stays IPv6, by which all its clients are one.
 *
 * @param bits 32, what a provider gets, to 128, each address alone
 */
public record Ipv6Prefix(int bits) {

    /** The network of a link, of which a host takes addresses as it likes (RFC 4862, RFC 8981). */
    static final int DEFAULT_BITS = 64;

    private static final int MIN_BITS = 32;
    private static final int GROUP_BITS = 16;

    public Ipv6Prefix {
        if (bits < MIN_BITS || bits > IpAddress.BITS) {
            throw new IllegalArgumentException(
                    "it is no length of a prefix: write a number of " + MIN_BITS + " to " + IpAddress.BITS
                            + ", for example 64 for the network of a household, 56 or 48 for all that a provider gives to one");
        }
    }

    /**
     * Reads the setting {@code ipv6-prefix}.
     *
     * @param text a number and nothing else
     * @return the prefix
     * @throws IllegalArgumentException if it is no number, or out of its range
     */
    public static Ipv6Prefix parse(String text) {
        return new Ipv6Prefix(IpLiteral.number(text, 0, text.length(), 10, 3));
    }

    /** The client that an address belongs to, in one spelling: the address, or the network in CIDR notation. */
    String clientOf(IpAddress address) {
        if (address.isIpv4()) {
            return address.toString();
        }
        int groups = (bits + GROUP_BITS - 1) / GROUP_BITS;
        return address.first(bits).groups(groups) + (groups < IpAddress.GROUPS ? "::/" : "/") + bits;
    }
}
