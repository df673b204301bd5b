package io.seawall.filter.client;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Addresses of few and near networks, so that they often meet, in all their spellings. */
final class RandomAddresses {

    private RandomAddresses() {}

    static IpAddress next(RandomGenerator random) {
        if (random.nextBoolean()) {
            return IpAddress.ofIpv4(
                    random.nextInt(4) == 0
                            ? random.nextInt() & 0xffff_ffffL
                            : 0x0a00_0000L | random.nextInt(8) << 15 | random.nextInt(4));
        }
        return new IpAddress(sparse(random), sparse(random));
    }

    /** Of four groups, some are zero. */
    private static long sparse(RandomGenerator random) {
        long bits = 0;
        for (int i = 0; i < 4; i++) {
            bits = bits << 16 | (random.nextInt(3) == 0 ? random.nextInt(0x10000) : random.nextInt(2));
        }
        return bits;
    }

    /** The block with this prefix that an address is in. */
    static CidrBlock blockAround(IpAddress address, int prefixBits) {
        long high = prefixBits >= 64 ? address.high() : clear(address.high(), 64 - prefixBits);
        long low = prefixBits <= 64 ? 0 : clear(address.low(), 128 - prefixBits);
        return new CidrBlock(new IpAddress(high, low), prefixBits);
    }

    private static long clear(long bits, int hostBits) {
        return hostBits == 64 ? 0 : bits >> hostBits << hostBits;
    }

    static String spell(IpAddress address, RandomGenerator random) {
        if (address.isIpv4() && random.nextBoolean()) {
            return address.toString();
        }
        boolean ipv4AtEnd = random.nextInt(3) == 0;
        String[] groups = new String[ipv4AtEnd ? 7 : 8];
        for (int i = 0; i < groups.length; i++) {
            long half = i < 4 ? address.high() : address.low();
            long group = half >>> (48 - 16 * (i % 4)) & 0xffff;
            String hex = String.format(random.nextBoolean() ? "%x" : "%04X", group);
            groups[i] = hex;
        }
        if (ipv4AtEnd) {
            groups[6] = IpAddress.ofIpv4(address.low() & 0xffff_ffffL).toString();
        }
        return join(groups, random);
    }

    /** With one run of zeros left out, if there is one and chance wants it. */
    private static String join(String[] groups, RandomGenerator random) {
        int from = random.nextInt(groups.length);
        int to = from;
        while (to < groups.length && groups[to].matches("0+")) {
            to++;
        }
        if (from == to) {
            return String.join(":", groups);
        }
        String[] head = Arrays.copyOf(groups, from);
        String[] tail = Arrays.copyOfRange(groups, to, groups.length);
        return String.join(":", head) + "::" + String.join(":", tail);
    }
}
