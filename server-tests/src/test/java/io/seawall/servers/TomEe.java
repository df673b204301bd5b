package io.seawall.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;

/** TomEE Web Profile. */
final class TomEe extends Catalina {

    TomEe() {
        super(
                "tomee",
                "TomEE " + Installation.version("tomee"),
                EnumSet.of(
                        Capability.EJB,
                        Capability.TRANSACTIONS,
                        Capability.DATA_SOURCE,
                        Capability.REST,
                        Capability.TIMERS,
                        Capability.HOT_DEPLOYMENT,
                        Capability.FAILS_WITH_FILTER,
                        Capability.LETS_APPLICATIONS_GO,
                        Capability.LETS_FILTERS_END));
    }

    @Override
    String distribution() {
        return "tomee";
    }

    /** It has HSQLDB, but no data source unless one is configured. */
    @Override
    List<String> configured(Path home, Path configuration) throws IOException {
        Path resources = configuration.resolve("tomee.xml");
        Files.writeString(resources, Text.replaced(Files.readString(resources), "</tomee>", """
                  <Resource id="DefaultDataSource" type="javax.sql.DataSource">
                    JdbcDriver org.hsqldb.jdbcDriver
                    JdbcUrl jdbc:hsqldb:mem:default;hsqldb.tx=mvcc
                    UserName sa
                    Password
                    JtaManaged true
                  </Resource>
                </tomee>"""));
        return List.of(
                "-javaagent:" + home.resolve("lib/openejb-javaagent.jar"),
                // Else a second application with the same session bean, such as Seawall's own, is refused.
                "-Dopenejb.deploymentId.format={appId}/{moduleId}/{ejbName}",
                "-DPROBE_DATA_SOURCE=openejb:Resource/DefaultDataSource");
    }
}
