package io.seawall.servers;

import org.junit.jupiter.api.Tag;

@Tag("servers")
class WildFlyIT extends ServerContract {

    WildFlyIT() {
        super(Server.wildFly());
    }
}
