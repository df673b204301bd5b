package io.seawall.servers;

import org.junit.jupiter.api.Tag;

@Tag("all-servers")
class TomcatIT extends ServerContract {

    TomcatIT() {
        super(Server.tomcat());
    }
}
