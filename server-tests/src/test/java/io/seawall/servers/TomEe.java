package io.seawall.servers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;

/** TomEE Web Profile. */
final class TomEe extends Catalina {

    TomEe() {
        super(
                "tomee",
                "TomEE " + Installation.version("tomee"),
                EnumSet.of(Capability.EJB, Capability.TRANSACTIONS, Capability.REST, Capability.HOT_DEPLOYMENT));
    }

    @Override
    List<String> configured(Path home, Path configuration) throws IOException {
        return List.of("-javaagent:" + home.resolve("lib/openejb-javaagent.jar"));
    }
}
