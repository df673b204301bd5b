package io.seawall.servers;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** Jetty with nothing but what it takes to deploy a WAR: the filter needs no CDI. */
@Tag("all-servers")
class JettyAloneIT extends ServerTest implements FilterContract, PathContract {

    JettyAloneIT() {
        super(new Jetty(false));
    }

    @Override
    Path archive() throws IOException {
        return Archives.filterAlone();
    }
}
