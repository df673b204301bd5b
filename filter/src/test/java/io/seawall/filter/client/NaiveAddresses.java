package io.seawall.filter.client;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The slow, obvious twin: addresses by regular expressions, networks by big integers, headers by splitting. */
final class NaiveAddresses {

    private static final String OCTET = "(0|[1-9][0-9]{0,2})";
    private static final Pattern IPV4 = Pattern.compile(String.join("\\.", OCTET, OCTET, OCTET, OCTET));
    private static final Pattern IPV4_AT_END = Pattern.compile("(.*:)(" + IPV4 + ")");
    private static final String PORT = "(:[0-9]{1,5}|:_[a-zA-Z0-9._-]+)?";
    private static final Pattern IPV4_WITH_PORT = Pattern.compile("(" + IPV4 + ")" + PORT);
    private static final Pattern IPV6_WITH_PORT = Pattern.compile("\\[([^%\\]]*:[^%\\]]*)(%[^\\]]*)?\\]" + PORT);
    private static final Pattern IPV6_WITH_ZONE = Pattern.compile("([^%\\[]*:[^%\\[]*)(%.*)?", Pattern.DOTALL);

    private NaiveAddresses() {}

    static @Nullable IpAddress address(String text) {
        String groups = text;
        Matcher atEnd = IPV4_AT_END.matcher(text);
        if (IPV4.matcher(text).matches()) {
            groups = "::ffff:" + hex(text);
        } else if (atEnd.matches()) {
            groups = atEnd.group(1) + hex(atEnd.group(2));
        }
        int gap = groups.indexOf("::");
        if (gap >= 0) {
            List<String> head = split(groups.substring(0, gap));
            List<String> tail = split(groups.substring(gap + 2));
            List<String> zeros = Collections.nCopies(Math.max(1, 8 - head.size() - tail.size()), "0");
            List<String> all = new ArrayList<>(head);
            all.addAll(zeros);
            all.addAll(tail);
            groups = String.join(":", all);
        }
        if (!groups.matches("[0-9a-fA-F]{1,4}(:[0-9a-fA-F]{1,4}){7}")) {
            return null;
        }
        BigInteger bits = BigInteger.ZERO;
        for (String group : split(groups)) {
            bits = bits.shiftLeft(16).or(new BigInteger(group, 16));
        }
        return new IpAddress(bits.shiftRight(64).longValue(), bits.longValue());
    }

    /** Two groups of the four octets, or something that no group is. */
    private static String hex(String ipv4) {
        int[] octets =
                Arrays.stream(ipv4.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
        return Arrays.stream(octets).anyMatch(octet -> octet > 255)
                ? "too large"
                : String.format("%x:%x", octets[0] << 8 | octets[1], octets[2] << 8 | octets[3]);
    }

    private static List<String> split(String groups) {
        return groups.isEmpty() ? List.of() : List.of(groups.split(":", -1));
    }

    static @Nullable IpAddress node(String text) {
        for (Pattern pattern : List.of(IPV4_WITH_PORT, IPV6_WITH_PORT, IPV6_WITH_ZONE)) {
            Matcher matcher = pattern.matcher(text);
            if (matcher.matches()) {
                String port = pattern == IPV6_WITH_ZONE ? null : matcher.group(matcher.groupCount());
                boolean portIsGood =
                        port == null || port.startsWith(":_") || Integer.parseInt(port.substring(1)) <= 65535;
                return portIsGood ? address(matcher.group(1)) : null;
            }
        }
        return null;
    }

    private static BigInteger bits(IpAddress address) {
        BigInteger halves = new BigInteger(Long.toUnsignedString(address.high())).shiftLeft(64);
        return halves.or(new BigInteger(Long.toUnsignedString(address.low())));
    }

    static boolean contains(CidrBlock block, IpAddress address) {
        return contains(block.network(), block.prefixBits(), address);
    }

    static boolean contains(IpAddress network, int prefixBits, IpAddress address) {
        int hostBits = 128 - prefixBits;
        return bits(network).shiftRight(hostBits).equals(bits(address).shiftRight(hostBits))
                && (network.isIpv4() && prefixBits >= 96) == address.isIpv4();
    }

    /** The items of X-Forwarded-For from the last to the first, as far as they are addresses. */
    static List<IpAddress> forwardedFor(List<String> lines) {
        List<String> items = lines.isEmpty()
                ? List.of()
                : new ArrayList<>(List.of(String.join(",", lines).split(",", -1)));
        List<IpAddress> hops = new ArrayList<>();
        for (int i = items.size() - 1; i >= 0 && items.get(i).length() <= 100; i--) {
            IpAddress hop = node(items.get(i).replaceAll("^[ \t]+|[ \t]+$", ""));
            if (hop == null) {
                break;
            }
            hops.add(hop);
        }
        return hops;
    }

    /** Who sent it, with the hops before the peer, from the last to the first; more than 32 are not believed. */
    static IpAddress client(TrustedProxies trusted, IpAddress peer, List<IpAddress> hops) {
        List<IpAddress> way = new ArrayList<>(List.of(peer));
        way.addAll(hops.subList(0, Math.min(hops.size(), 32)));
        return way.stream()
                .filter(hop -> trusted.blocks().stream().noneMatch(block -> contains(block, hop)))
                .findFirst()
                .orElse(way.get(way.size() - 1));
    }
}
