package io.seawall.servers;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** Tomcat as it is unpacked: the filter needs no CDI. */
@Tag("all-servers")
class TomcatAloneIT extends ServerTest implements FilterContract, PathContract {

    TomcatAloneIT() {
        super(new Tomcat(false));
    }

    @Override
    Path archive() throws IOException {
        return Archives.filterAlone();
    }
}
