package io.seawall.filter.client;

/**
 * The addresses that begin with the same bits (RFC 4632, RFC 4291 section 2.3). A block of IPv6 addresses holds no IPv4
 * address, not even one that is written as IPv6.
 *
 * @param network the first address of the block
 * @param prefixBits how many of the 128 bits all addresses of the block share; 96 more than written for IPv4
 */
public record CidrBlock(IpAddress network, int prefixBits) {

    private static final int IPV4_BITS = 32;

    public CidrBlock {
        if (!network.equals(network.first(prefixBits))) {
            throw new IllegalArgumentException("its address has bits beyond its prefix: write the first address of the"
                    + " network, for example 10.0.0.0/8");
        }
    }

    /**
     * Reads one block.
     *
     * @param text {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or an address alone
     * @return the block
     * @throws IllegalArgumentException if it is none; the message goes on after "it is no network, "
     */
    public static CidrBlock parse(String text) {
        int slash = text.indexOf('/');
        String written = slash < 0 ? text : text.substring(0, slash);
        IpAddress network = IpLiteral.address(written);
        if (network == null) {
            throw new IllegalArgumentException("it is no IP address: write a literal with no name, port or zone,"
                    + " for example 192.0.2.1, 10.0.0.0/8 or 2001:db8::/32");
        }
        int bits = written.indexOf(':') < 0 ? IPV4_BITS : IpAddress.BITS;
        int prefix = slash < 0 ? bits : IpLiteral.number(text, slash + 1, text.length(), 10, 3);
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("its prefix is no length: write a number of 0 to " + bits);
        }
        return new CidrBlock(network, IpAddress.BITS - bits + prefix);
    }

    /**
     * Whether an address is one of these.
     *
     * @param address any
     * @return false for one of the other kind
     */
    public boolean contains(IpAddress address) {
        return address.startsLike(network, prefixBits) && address.isIpv4() == isIpv4();
    }

    /**
     * Whether it holds every address of its kind.
     *
     * @return true for {@code 0.0.0.0/0} and {@code ::/0}
     */
    public boolean isEverything() {
        return prefixBits == (isIpv4() ? IpAddress.BITS - IPV4_BITS : 0);
    }

    private boolean isIpv4() {
        return network.isIpv4() && prefixBits >= IpAddress.BITS - IPV4_BITS;
    }

    @Override
    public String toString() {
        return network + "/" + (isIpv4() ? prefixBits - IpAddress.BITS + IPV4_BITS : prefixBits);
    }
}
