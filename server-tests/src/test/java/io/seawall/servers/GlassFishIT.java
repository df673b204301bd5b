package io.seawall.servers;

import org.junit.jupiter.api.Tag;

@Tag("all-servers")
class GlassFishIT extends ServerContract {

    GlassFishIT() {
        super(Server.glassFish());
    }
}
