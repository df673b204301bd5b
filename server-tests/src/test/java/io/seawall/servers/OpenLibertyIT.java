package io.seawall.servers;

import org.junit.jupiter.api.Tag;

@Tag("all-servers")
class OpenLibertyIT extends ServerContract {

    OpenLibertyIT() {
        super(Server.openLiberty());
    }
}
