package io.seawall.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Jetty; with Weld and an implementation of JSON-P, they are on the class path of every application: the WAR stays as it is. */
final class Jetty extends Server {

    /** Says so when filters are there as well; before, the context says that it has started, too. */
    private static final String HANDLER = "ServletContextHandler:";

    private final boolean withWeld;

    Jetty(boolean withWeld) {
        super(
                withWeld ? "jetty" : "jetty-alone",
                "Jetty " + Installation.version("jetty") + " (ee10) + Weld " + Installation.version("weld"),
                EnumSet.of(
                        Capability.FINDS_ANNOTATED_CLASSES,
                        Capability.HOT_DEPLOYMENT,
                        Capability.FAILS_WITH_FILTER,
                        Capability.LETS_APPLICATIONS_GO,
                        Capability.LETS_FILTERS_END));
        this.withWeld = withWeld;
    }

    @Override
    List<String> command(Map<String, String> systemProperties) throws IOException {
        Path home = Installation.of("jetty");
        for (String made : List.of("environments", "start.d", "tmp", "webapps")) {
            Files.createDirectory(directory().resolve(made));
        }
        // What follows a module of ee10 would be settings of ee10, and Jetty would listen on port 8080 of every
        // address.
        Files.writeString(
                directory().resolve("start.d/seawall.ini"), """
                jetty.http.host=127.0.0.1
                jetty.http.port=%d
                jetty.deploy.scanInterval=1
                --modules=server,http,ee10-deploy,ee10-annotations%s
                """.formatted(port(), withWeld ? ",ee10-cdi" : ""));
        List<String> command = new ArrayList<>();
        command.add(Installation.javaHome().resolve("bin/java").toString());
        command.addAll(List.of("-Xmx384m", "-Djava.io.tmpdir=" + directory().resolve("tmp")));
        systemProperties.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-jar", home.resolve("start.jar").toString(), "jetty.base=" + directory()));
        return command;
    }

    @Override
    boolean isReady() {
        return log().contains("Started oejs.Server@");
    }

    @Override
    void deploy(String application, Path archive) throws DeploymentFailedException {
        int logged = log().length();
        write(application, """
                <?xml version="1.0"?>
                <!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "https://jetty.org/configure_10_0.dtd">
                <Configure class="org.eclipse.jetty.ee10.webapp.WebAppContext">
                  <Set name="contextPath">/%s</Set>
                  <Set name="war">%s</Set>
                  %s
                </Configure>
                """.formatted(
                        application,
                        archive.toAbsolutePath(),
                        withWeld ? "<Set name=\"extraClasspath\">" + Installation.of("weld") + "/*</Set>" : ""));
        awaitDeployment(() -> said(logged, application, HANDLER, "Started")
                || said(logged, application, "Failed startup of context"));
        if (said(logged, application, "Failed startup of context")) {
            delete(application);
            throw refused(application, logged);
        }
    }

    @Override
    void undeploy(String application) {
        int logged = log().length();
        delete(application);
        awaitDeployment(() -> said(logged, application, HANDLER, "Stopped"));
    }

    /** Whether a line since has all these words of a context. */
    private boolean said(int logged, String application, String... words) {
        return log().substring(logged)
                .lines()
                .filter(line -> line.contains(" oeje10w.WebAppContext@") && line.contains(",/" + application + ","))
                .anyMatch(line -> Stream.of(words).allMatch(line::contains));
    }

    private void write(String application, String xml) {
        try {
            Path whole = Files.writeString(directory().resolve(application + ".xml"), xml);
            Files.move(whole, applications().resolve(application + ".xml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void delete(String application) {
        try {
            Files.delete(applications().resolve(application + ".xml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path applications() {
        return directory().resolve("webapps");
    }
}
