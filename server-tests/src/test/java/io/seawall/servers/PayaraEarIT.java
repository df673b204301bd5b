package io.seawall.servers;

import org.junit.jupiter.api.Tag;

@Tag("all-servers")
class PayaraEarIT extends EarContract {

    PayaraEarIT() {
        super(Server.payara("payara-ear"));
    }
}
