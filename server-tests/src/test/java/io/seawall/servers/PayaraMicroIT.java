package io.seawall.servers;

import org.junit.jupiter.api.Tag;

@Tag("servers")
class PayaraMicroIT extends ServerContract {

    PayaraMicroIT() {
        super(Server.payaraMicro());
    }
}
