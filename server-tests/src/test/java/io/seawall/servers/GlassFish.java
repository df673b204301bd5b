package io.seawall.servers;

import java.util.EnumSet;

/** GlassFish. Its default data source is a Derby server that somebody has to start; here it is a Derby in its own JVM. */
final class GlassFish extends DomainServer {

    GlassFish() {
        super(
                "glassfish",
                "glassfish",
                "GlassFish " + Installation.version("glassfish"),
                EnumSet.complementOf(EnumSet.of(
                        Capability.MICROPROFILE_FAULT_TOLERANCE,
                        Capability.LETS_APPLICATIONS_GO,
                        Capability.TRANSACTION_MANAGER)));
    }

    @Override
    String configured(String domain) {
        String embedded = Text.replaced(domain, "derby.jdbc.ClientDataSource", "derby.jdbc.EmbeddedDataSource");
        embedded = Text.replaced(embedded, "<property value=\"1527\" name=\"PortNumber\" />", "");
        embedded = Text.replaced(embedded, "<property value=\"localhost\" name=\"serverName\" />", "");
        return Text.replaced(
                embedded,
                "value=\"sun-appserv-samples\"",
                "value=\"${com.sun.aas.instanceRoot}/lib/databases/default\"");
    }
}
