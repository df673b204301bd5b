package io.seawall.servers;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tomcat, or what is built on it. Applications come and go through its manager application. */
abstract class Catalina extends Server {

    private final Login deployer = Login.of("seawall");
    private final Login operator = Login.of("ada");
    private final Administration manager =
            new Administration(URI.create("http://127.0.0.1:" + port() + "/manager/text"));

    Catalina(String name, String title, Set<Capability> capabilities) {
        super(name, title, capabilities);
    }

    /** What {@link Installation} knows it by. */
    abstract String distribution();

    /** Options of the JVM that only this server needs, after a change of its configuration. */
    abstract List<String> configured(Path home, Path configuration) throws IOException;

    @Override
    List<String> command(Map<String, String> systemProperties) throws IOException {
        Path home = Installation.of(distribution());
        Path configuration = directory().resolve("conf");
        Installation.copy(home.resolve("conf"), configuration);
        for (String empty : List.of("logs", "temp", "webapps", "work")) {
            Files.createDirectory(directory().resolve(empty));
        }
        onLoopback(configuration.resolve("server.xml"));
        allowManager(configuration);
        List<String> command = new ArrayList<>();
        command.add(Installation.javaHome().resolve("bin/java").toString());
        command.addAll(configured(home, configuration));
        for (String opened : List.of("lang", "io", "util", "util.concurrent")) {
            command.add("--add-opens=java.base/java." + opened + "=ALL-UNNAMED");
        }
        command.add("--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED");
        command.addAll(List.of(
                "-Xmx384m",
                "-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager",
                "-Djava.util.logging.config.file=" + configuration.resolve("logging.properties"),
                "-Dcatalina.home=" + home,
                "-Dcatalina.base=" + directory(),
                "-Djava.io.tmpdir=" + directory().resolve("temp")));
        systemProperties.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of(
                "-cp",
                home.resolve("bin/bootstrap.jar") + ":" + home.resolve("bin/tomcat-juli.jar"),
                "org.apache.catalina.startup.Bootstrap",
                "start"));
        return command;
    }

    @Override
    Optional<Login> operator() {
        return Optional.of(operator);
    }

    @Override
    boolean isReady() {
        return log().contains("Server startup in");
    }

    @Override
    void deploy(String application, Path archive) throws DeploymentFailedException {
        int logged = log().length();
        String war = URLEncoder.encode(archive.toUri().toString(), StandardCharsets.UTF_8);
        if (!tellManager("/deploy?path=/" + application + "&war=" + war).startsWith("OK")) {
            // It stays there, stopped.
            tellManager("/undeploy?path=/" + application);
            throw refused(application, logged);
        }
    }

    @Override
    void undeploy(String application) {
        String answer = tellManager("/undeploy?path=/" + application);
        if (!answer.startsWith("OK")) {
            throw new IllegalStateException(name() + " did not undeploy '" + application + "': " + answer);
        }
    }

    private String tellManager(String command) {
        HttpRequest.Builder request = manager.request(command).header("Authorization", deployer.basic());
        return manager.answer(request).body();
    }

    private static String user(Login login, String role) {
        return "<user username=\"%s\" password=\"%s\" roles=\"%s\"/>".formatted(login.user(), login.password(), role);
    }

    private void onLoopback(Path file) throws IOException {
        String server = Files.readString(file);
        server = Text.replaced(server, "<Server port=\"8005\"", "<Server port=\"-1\"");
        server = Text.replaced(
                server, "<Connector port=\"8080\"", "<Connector address=\"127.0.0.1\" port=\"" + port() + "\"");
        Files.writeString(file, Text.replaced(server, "autoDeploy=\"true\"", "autoDeploy=\"false\""));
    }

    private void allowManager(Path configuration) throws IOException {
        Files.writeString(
                configuration.resolve("tomcat-users.xml"),
                "<tomcat-users>" + user(deployer, "manager-script") + user(operator, "operator") + "</tomcat-users>");
        Path contexts = Files.createDirectories(configuration.resolve("Catalina/localhost"));
        // Override: what is configured for all applications is none of the manager's.
        Files.writeString(
                contexts.resolve("manager.xml"),
                "<Context docBase=\"${catalina.home}/webapps/manager\" privileged=\"true\" override=\"true\"/>");
    }
}
