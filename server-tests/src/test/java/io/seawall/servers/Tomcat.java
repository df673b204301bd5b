package io.seawall.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;

/** Tomcat; with Weld and an implementation of JSON-P, they are mounted into every application: the WAR stays as it is. */
final class Tomcat extends Catalina {

    private final boolean withWeld;

    Tomcat(boolean withWeld) {
        super(
                withWeld ? "tomcat" : "tomcat-alone",
                "Tomcat " + Installation.version("tomcat") + " + Weld " + Installation.version("weld"),
                EnumSet.of(
                        Capability.FINDS_ANNOTATED_CLASSES,
                        Capability.HOT_DEPLOYMENT,
                        Capability.FAILS_WITH_FILTER,
                        Capability.LETS_APPLICATIONS_GO,
                        Capability.LETS_FILTERS_END));
        this.withWeld = withWeld;
    }

    @Override
    String distribution() {
        return "tomcat";
    }

    @Override
    List<String> configured(Path home, Path configuration) throws IOException {
        if (!withWeld) {
            return List.of();
        }
        Files.writeString(configuration.resolve("context.xml"), """
                <Context>
                  <Resources>
                    <PostResources className="org.apache.catalina.webresources.DirResourceSet"
                                   base="%s" webAppMount="/WEB-INF/lib"/>
                  </Resources>
                </Context>
                """.formatted(Installation.of("weld")));
        return List.of();
    }
}
