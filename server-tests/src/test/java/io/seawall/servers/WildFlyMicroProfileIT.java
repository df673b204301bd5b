package io.seawall.servers;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** WildFly without EJBs: transactions by its transaction manager. */
@Tag("all-servers")
class WildFlyMicroProfileIT extends ServerTest implements ResilientContract, HealthContract, CdiTransactionContract {

    WildFlyMicroProfileIT() {
        super(Server.wildFlyMicroProfile());
    }

    @Override
    Path archive() throws IOException {
        return Archives.withoutEjbs();
    }
}
