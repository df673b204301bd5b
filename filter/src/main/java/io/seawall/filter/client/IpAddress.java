package io.seawall.filter.client;

/**
 * An IP address: 128 bits, IPv4 as its IPv4-mapped IPv6 address (RFC 4291, section 2.5.5.2), so that the two spellings of
 * one address are equal.
 *
 * @param high the first 64 bits
 * @param low the last 64 bits
 */
public record IpAddress(long high, long low) {

    static final int BITS = 128;
    static final int GROUPS = 8;

    private static final long MAPPED = 0xffff_0000_0000L;
    private static final long IPV4_BITS = 0xffff_ffffL;

    /** The IPv4 address of these 32 bits. */
    static IpAddress ofIpv4(long bits) {
        return new IpAddress(0, MAPPED | bits);
    }

    boolean isIpv4() {
        return high == 0 && (low & ~IPV4_BITS) == MAPPED;
    }

    /** Four octets, or eight groups of which none is left out. */
    @Override
    public String toString() {
        if (isIpv4()) {
            return octet(24) + "." + octet(16) + "." + octet(8) + "." + octet(0);
        }
        return groups(GROUPS);
    }

    private long octet(int shift) {
        return low >>> shift & 0xff;
    }

    /** The first groups, in lower case and without leading zeros. */
    String groups(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            long half = i < GROUPS / 2 ? high : low;
            long group = half >>> (48 - 16 * (i % 4)) & 0xffff;
            text.append(i == 0 ? "" : ":").append(Long.toHexString(group));
        }
        return text.toString();
    }

    /** The first address of the network that it shares this many bits with. */
    IpAddress first(int prefixBits) {
        return new IpAddress(high & mask(Math.min(prefixBits, 64)), low & mask(Math.max(prefixBits - 64, 0)));
    }

    /** Whether the first bits are those of another address. */
    boolean startsLike(IpAddress other, int prefixBits) {
        return ((high ^ other.high) & mask(Math.min(prefixBits, 64))) == 0
                && ((low ^ other.low) & mask(Math.max(prefixBits - 64, 0))) == 0;
    }

    /** The first 0 to 64 bits. */
    private static long mask(int bits) {
        return bits == 0 ? 0 : -1L << (64 - bits);
    }
}
