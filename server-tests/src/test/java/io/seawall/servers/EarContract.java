package io.seawall.servers;

import java.io.IOException;
import java.nio.file.Path;

/** The probe as an enterprise archive, with Seawall's jar in its library directory, where no session beans are looked for. */
@Proves(Feature.EAR)
abstract class EarContract extends ServerTest
        implements FilterContract, ResilientContract, ControlContract, TransactionContract {

    EarContract(Server server) {
        super(server);
    }

    @Override
    final Path archive() throws IOException {
        return Archives.ear(PROBE, !server().has(Capability.TRANSACTION_MANAGER));
    }

    /** An EAR has its context root in it. */
    @Override
    public final Path second() {
        return Archives.probe();
    }
}
