package io.seawall.servers;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** WildFly with messaging: what the other configuration has not. */
@Tag("all-servers")
class WildFlyFullIT extends ServerTest implements MessageContract {

    WildFlyFullIT() {
        super(Server.wildFlyFull());
    }

    @Override
    Path archive() throws IOException {
        return Archives.withMessages();
    }
}
