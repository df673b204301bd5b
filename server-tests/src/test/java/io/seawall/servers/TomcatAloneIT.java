package io.seawall.servers;

import org.junit.jupiter.api.Tag;

/** Tomcat as it is unpacked: the filter needs no CDI. */
@Tag("all-servers")
class TomcatAloneIT extends ServerTest implements FilterContract {

    TomcatAloneIT() {
        super(new Tomcat(false));
    }
}
