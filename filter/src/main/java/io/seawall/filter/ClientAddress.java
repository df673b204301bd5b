package io.seawall.filter;

/**
 * An IP address as a client: an IPv4 address, or the first 64 bits of an IPv6 address, since whoever has one address of
 * such a network has all 2^64. An IPv4-mapped IPv6 address is the IPv4 address, whatever way it is written.
 */
final class ClientAddress {

    private ClientAddress() {}

    /**
     * The client of an address, in one spelling for all spellings of it. What is no address stands for itself: a container
     * may report other peers, and they are clients too.
     */
    static String of(String text) {
        if (text.indexOf(':') < 0) {
            return text;
        }
        IpAddress address = IpLiteral.node(text, 0, text.length());
        return address == null ? text : of(address);
    }

    static String of(IpAddress address) {
        return address.isIpv4() ? address.toString() : IpAddress.groups(address.high()) + "::/64";
    }
}
