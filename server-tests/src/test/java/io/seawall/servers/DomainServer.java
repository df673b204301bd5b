package io.seawall.servers;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Payara Server or GlassFish: a copy of its domain, with every listener moved to loopback. The JVM is our own child, by the
 * command line that {@code start-domain} would use. Applications come and go through its REST administration.
 */
abstract class DomainServer extends Server {

    private static final String DOMAIN = "domain1";
    private static final String APPLICATIONS = "/management/domain/applications/application";
    private static final long TO_TELL_SECONDS = 60;

    private final Path home;
    private final int administrationPort = Ports.free(1).get(0);
    private final Administration administration =
            new Administration(URI.create("http://127.0.0.1:" + administrationPort + APPLICATIONS));

    DomainServer(String name, String distribution, String title, Set<Capability> capabilities) {
        super(name, title, capabilities);
        home = Installation.of(distribution).resolve("glassfish");
    }

    /** What only this server needs changed in its {@code domain.xml}. */
    abstract String configured(String domain);

    @Override
    List<String> command(Map<String, String> systemProperties) throws IOException {
        Path domain = directory().resolve(DOMAIN);
        Installation.copy(home.resolve("domains").resolve(DOMAIN), domain);
        Path configuration = domain.resolve("config").resolve("domain.xml");
        Files.writeString(configuration, configured(onLoopback(Files.readString(configuration))));
        List<String> command = new ArrayList<>(commandOfDomain());
        List<String> options = new ArrayList<>();
        systemProperties.forEach((key, value) -> options.add("-D" + key + "=" + value));
        command.addAll(1, options);
        // Else it waits for a master password that it does not need.
        int readsPassword = command.indexOf("-read-stdin");
        if (readsPassword >= 0) {
            command.subList(readsPassword, readsPassword + 2).clear();
        }
        return command;
    }

    @Override
    boolean isReady() {
        return log().contains("NCLS-CORE-00017");
    }

    @Override
    void deploy(String application, Path archive) throws DeploymentFailedException {
        int logged = log().length();
        String body = "{\"id\":\"%s\",\"name\":\"%s\",\"contextroot\":\"%s\"}"
                .formatted(archive.toAbsolutePath(), application, application);
        HttpResponse<String> answer = answer(administration
                .request("")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        if (answer.statusCode() != 200) {
            throw refused(application, logged);
        }
    }

    @Override
    void undeploy(String application) {
        HttpResponse<String> answer =
                answer(administration.request("/" + application).DELETE());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(name() + " did not undeploy '" + application + "': " + answer.statusCode()
                    + " " + answer.headers().map() + " " + answer.body() + "\n" + log());
        }
    }

    /**
     * Runs a command of its command line, which must succeed.
     *
     * @return what it has written
     */
    String asadmin(String... words) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(home.resolve("bin/asadmin").toString(), "--port", Integer.toString(administrationPort)));
        command.addAll(List.of(words));
        return Command.run(Map.of("AS_JAVA", Installation.javaHome().toString()), command.toArray(String[]::new));
    }

    private HttpResponse<String> answer(HttpRequest.Builder request) {
        return administration.answer(request.header("X-Requested-By", "seawall").header("Accept", "application/json"));
    }

    private String onLoopback(String domain) {
        Iterator<Integer> ports = Ports.free(6).iterator();
        String changed = domain.replace("address=\"0.0.0.0\"", "address=\"127.0.0.1\"");
        changed = withListener(changed, "8080", port());
        changed = withListener(changed, "8181", ports.next());
        changed = withListener(changed, "4848", administrationPort);
        for (String port : List.of("3700", "3820", "3920", "8686")) {
            changed = Text.replaced(changed, "port=\"" + port + "\"", "port=\"" + ports.next() + "\"");
        }
        // Without a JMS service of its own a domain gets one that listens on all addresses.
        return changed.replaceFirst("</config>", """
                <jms-service type="EMBEDDED" default-jms-host="default_JMS_host">
                  <jms-host name="default_JMS_host" host="127.0.0.1" port="%d" lazy-init="true"/>
                </jms-service>
                </config>""".formatted(ports.next()));
    }

    private static String withListener(String domain, String from, int to) {
        return Text.replaced(
                domain,
                "<network-listener port=\"" + from + "\"",
                "<network-listener address=\"127.0.0.1\" port=\"" + to + "\"");
    }

    /** One argument a line between a heading and a message of success. */
    private List<String> commandOfDomain() throws IOException {
        Path java = Installation.javaHome().resolve("bin/java");
        File told = directory().resolve("start-domain.txt").toFile();
        ProcessBuilder builder = new ProcessBuilder(
                        java.toString(),
                        "-jar",
                        home.resolve("lib/client/appserver-cli.jar").toString(),
                        "start-domain",
                        "--dry-run",
                        "--domaindir",
                        directory().toString(),
                        DOMAIN)
                .redirectErrorStream(true)
                .redirectOutput(told);
        builder.environment().put("AS_JAVA", Installation.javaHome().toString());
        Process process = builder.start();
        try {
            if (!process.waitFor(TO_TELL_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(name() + " did not tell how to start its domain");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
        List<String> command = Files.readAllLines(told.toPath()).stream()
                .dropWhile(line -> !line.equals(java.toString()))
                .takeWhile(line -> !line.startsWith("Command start-domain"))
                .filter(line -> !line.isBlank())
                .toList();
        if (command.isEmpty()) {
            throw new IllegalStateException(name() + " did not tell how to start its domain: see " + told);
        }
        return command;
    }
}
