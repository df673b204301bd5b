package io.seawall.servers;

import org.junit.jupiter.api.Tag;

@Tag("all-servers")
class JettyIT extends ServerContract {

    JettyIT() {
        super(Server.jetty());
    }
}
