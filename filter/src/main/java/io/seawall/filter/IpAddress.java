package io.seawall.filter;

/**
 * An IP address: 128 bits, IPv4 as its IPv4-mapped IPv6 address (RFC 4291, section 2.5.5.2), so that the two spellings of
 * one address are equal.
 *
 * @param high the first 64 bits
 * @param low the last 64 bits
 */
record IpAddress(long high, long low) {

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
        return groups(high) + ":" + groups(low);
    }

    private long octet(int shift) {
        return low >>> shift & 0xff;
    }

    /** 64 bits as four groups, in lower case and without leading zeros. */
    static String groups(long bits) {
        StringBuilder text = new StringBuilder();
        for (int shift = 48; shift >= 0; shift -= 16) {
            text.append(text.isEmpty() ? "" : ":").append(Long.toHexString(bits >>> shift & 0xffff));
        }
        return text.toString();
    }
}
