package io.seawall.servers;

import org.junit.jupiter.api.Tag;

@Tag("servers")
class PayaraMicroEarIT extends EarContract {

    PayaraMicroEarIT() {
        super(Server.payaraMicro("payara-micro-ear"));
    }
}
