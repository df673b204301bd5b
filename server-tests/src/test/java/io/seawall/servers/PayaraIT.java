package io.seawall.servers;

import org.junit.jupiter.api.Tag;

@Tag("all-servers")
class PayaraIT extends ServerContract {

    PayaraIT() {
        super(Server.payara());
    }
}
