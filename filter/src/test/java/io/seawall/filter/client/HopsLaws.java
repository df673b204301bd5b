package io.seawall.filter.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** What holds for a forwarding header, whatever is in it. */
final class HopsLaws {

    private static final TrustedProxies TRUSTED = TrustedProxies.parse("10.0.0.0/8, 2001:db8:aaaa::/48");
    private static final IpAddress PEER = Objects.requireNonNull(IpLiteral.address("10.0.0.1"));

    /** Of both headers; an item is looked for, and read, and an address in it several times. */
    private static final int MAX_LOOKS = ProxiedClient.MAX_HOPS * 1024 * 8;

    private HopsLaws() {}

    /**
     * Checks the laws.
     *
     * @param text lines of the header, each ends with a line feed
     * @param naive the twin: all hops from the last to the first
     * @param appended what a proxy writes for {@code 192.0.2.1}
     */
    static void check(
            ForwardedHeader header, String text, Function<List<String>, List<IpAddress>> naive, String appended) {
        List<String> lines = List.of(text.split("\n", -1));
        AtomicInteger looks = new AtomicInteger();
        IpAddress client = client(
                header, lines.stream().map(line -> new WatchedLine(line, looks)).toList());
        assertThat(client).isEqualTo(NaiveAddresses.client(TRUSTED, PEER, naive.apply(lines)));
        assertThat(looks.get()).isLessThan(MAX_LOOKS);
        assertThat(client(header, List.of(text.replace('\n', ',') + ", " + appended)))
                .as("appended to what the client has sent")
                .hasToString("192.0.2.1");
    }

    private static IpAddress client(ForwardedHeader header, List<? extends CharSequence> lines) {
        return new ProxiedClient(TRUSTED, request -> header.hops(new ArrayDeque<>(lines)))
                .of(PEER, FakeRequest.from(null).get());
    }
}
