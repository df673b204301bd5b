package io.seawall.filter.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import jakarta.servlet.http.HttpServletRequest;

/** Any text as the setting {@code client}. */
class ClientParserFuzzTest {

    private static final ClientAddress ADDRESS = new ClientAddress(
            TrustedProxies.parse(""), ForwardedHeader.X_FORWARDED_FOR, new Ipv6Prefix(Ipv6Prefix.DEFAULT_BITS));

    private static final HttpServletRequest REQUEST = FakeRequest.from("192.0.2.1")
            .principal("an n")
            .session("1%20")
            .attribute("a", 1)
            .cookie("a", "2")
            .header("a", "3")
            .get();

    @FuzzTest(maxDuration = "3s")
    void a_text_is_refused_with_the_fix_or_means_what_it_says(byte[] data) {
        String text = new String(data, UTF_8).replace('.', ':'); // no class is to be looked for
        ClientResolver clients;
        try {
            clients = ClientParser.parse(text, ADDRESS);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).containsAnyOf("use ", "write ", "name each part", "remove one");
            return;
        }
        String shown = clients.toString();
        ClientResolver again = ClientParser.parse(shown, ADDRESS);
        assertThat(again).hasToString(shown);
        assertThat(again.forgeable()).isEqualTo(clients.forgeable());
        String client = clients.resolve(REQUEST);
        assertThat(again.resolve(REQUEST)).isEqualTo(client);
        assertThat(shown + ", ip").contains(client.contains(" ") ? client.substring(0, client.indexOf(' ')) : "global");
    }
}
