package io.seawall.servers;

import org.junit.jupiter.api.Tag;

@Tag("all-servers")
class TomEeIT extends ServerContract {

    TomEeIT() {
        super(Server.tomEe());
    }
}
