package io.seawall.filter.client;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The address of a request's client: the peer's, or of a peer that is a trusted proxy, the one that it speaks for. Every
 * request has one, so nobody escapes by leaving something away.
 */
public final class ClientAddress implements ClientSource {

    /**
     * Addresses that are somebody else in every network: loopback, private use (RFC 1918, RFC 4193), link-local, and those between
     * a provider and its customers (RFC 6598).
     */
    private static final List<CidrBlock> NEAR = Stream.of(
                    "127.0.0.0/8",
                    "10.0.0.0/8",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "169.254.0.0/16",
                    "100.64.0.0/10",
                    "::1",
                    "fc00::/7",
                    "fe80::/10")
            .map(CidrBlock::parse)
            .toList();

    private final TrustedProxies proxies;
    private final ForwardedHeader header;
    private final Ipv6Prefix prefix;
    private final ProxiedClient behindProxies;

    /**
     * Finds addresses so.
     *
     * @param proxies whom to believe
     * @param header by which they tell; not looked at if there are none
     * @param prefix how much of an IPv6 address is one client
     */
    public ClientAddress(TrustedProxies proxies, ForwardedHeader header, Ipv6Prefix prefix) {
        this.proxies = proxies;
        this.header = header;
        this.prefix = prefix;
        this.behindProxies = new ProxiedClient(proxies, header::hops);
    }

    /**
     * The address in one spelling for all spellings of it. What is no address stands for itself: a container may report
     * other peers, and they are clients too.
     */
    @Override
    public String find(HttpServletRequest request) {
        String text = request.getRemoteAddr();
        if (text == null) {
            return "";
        }
        boolean maybeIpv6 = text.indexOf(':') >= 0;
        if (!maybeIpv6 && proxies.isEmpty()) {
            return text; // IPv4 has one spelling, so there is nothing to read
        }
        IpAddress peer = IpLiteral.node(text, 0, text.length());
        if (peer == null) {
            return text;
        }
        IpAddress client = behindProxies.of(peer, request);
        return !maybeIpv6 && client.equals(peer) ? text : prefix.clientOf(client);
    }

    /** In any spelling that a server may report it in, or as a network of the length that is one client. */
    @Override
    public String asFound(String written) {
        String length = "/" + prefix.bits();
        boolean network = written.endsWith(length);
        IpAddress address = network
                ? IpLiteral.address(written.substring(0, written.length() - length.length()))
                : IpLiteral.node(written, 0, written.length());
        if (address == null || (network && address.isIpv4())) {
            throw new IllegalArgumentException("'" + written + "' is no address of a client: write a literal,"
                    + " for example 192.0.2.1 or 2001:db8::1, or an IPv6 network of " + length);
        }
        return prefix.clientOf(address);
    }

    /**
     * The whole address, not shortened to a prefix.
     *
     * @param request which is only read
     * @return null if what the container reports is none
     */
    public @Nullable IpAddress whole(HttpServletRequest request) {
        IpAddress peer = peer(request);
        return peer == null ? null : behindProxies.of(peer, request);
    }

    private static @Nullable IpAddress peer(HttpServletRequest request) {
        String text = request.getRemoteAddr();
        return text == null ? null : IpLiteral.node(text, 0, text.length());
    }

    /**
     * A forwarding header that may tell of a request's client, and is not read.
     *
     * @param request which is only read
     * @return null if there is none; if the peer is a stranger, while others are trusted; if a trusted peer sends the one that is
     *     read too; and if the container reports an address that is in the header, since then the container has read it
     */
    public @Nullable ForwardedHeader unread(HttpServletRequest request) {
        IpAddress peer = peer(request);
        if (!proxies.isEmpty()) {
            ForwardedHeader other = header.other();
            return peer != null && proxies.contains(peer) && other.isIn(request) && !header.isIn(request)
                    ? other
                    : null;
        }
        for (ForwardedHeader each : ForwardedHeader.values()) {
            if (each.isIn(request)) {
                return peer != null && each.names(peer, request) ? null : each;
            }
        }
        return null;
    }

    /**
     * Says for people what is to be said of how a client's address was found.
     *
     * @param request which is only read
     * @return empty if there is no forwarding header, and nobody who should send one
     */
    public Optional<String> remark(HttpServletRequest request) {
        IpAddress peer = peer(request);
        if (peer == null) {
            return Optional.of("what the server reports as its address is none, and stands for itself");
        }
        String present = Stream.of(header, header.other())
                .filter(each -> each.isIn(request))
                .map(ForwardedHeader::toString)
                .collect(Collectors.joining(" and "));
        if (proxies.contains(peer)) {
            String trusted = "it comes from a trusted proxy, ";
            return Optional.of(
                    header.isIn(request)
                            ? trusted + "and the address is that of its " + header
                            : trusted + "without " + header + ", and is counted as the proxy's own"
                                    + (present.isEmpty()
                                            ? ""
                                            : "; " + present + " is not what 'forwarded-header' says"));
        }
        if (present.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(present
                + (proxies.isEmpty()
                        ? " is ignored, since no proxy is trusted"
                        : " is ignored, since " + request.getRemoteAddr() + " is not in 'trusted-proxies'"));
    }

    /**
     * Whether a request comes from a network that is no part of the Internet, as a proxy of one's own does.
     *
     * @param request which is only read
     * @return true also for a peer without an address: it is on this machine
     */
    public boolean isNear(HttpServletRequest request) {
        IpAddress peer = peer(request);
        return peer == null || NEAR.stream().anyMatch(block -> block.contains(peer));
    }

    /**
     * The forwarding header that is read.
     *
     * @return null if no proxy is trusted, and so none is
     */
    public @Nullable String trustedHeader() {
        return proxies.isEmpty() ? null : header.toString();
    }

    /** What is to be said of it after the setting {@code client}; nothing if that is as usual. */
    @Override
    public String toString() {
        return (prefix.bits() == Ipv6Prefix.DEFAULT_BITS ? "" : ", IPv6 by /" + prefix.bits())
                + (proxies.isEmpty() ? "" : ", behind the proxies " + proxies + " by their " + header);
    }
}
