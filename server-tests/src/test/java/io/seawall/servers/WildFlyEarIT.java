package io.seawall.servers;

import org.junit.jupiter.api.Tag;

@Tag("servers")
class WildFlyEarIT extends EarContract {

    WildFlyEarIT() {
        super(Server.wildFly("wildfly-ear"));
    }
}
