package io.seawall.servers;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/** Payara Micro. Applications come and go through its Java API, by {@code MicroControl}, as it has no port to administer it. */
final class PayaraMicro extends Server {

    static final String ON_LOOPBACK = "set configs.config.server-config.network-config.network-listeners"
            + ".network-listener.http-listener.address=127.0.0.1\n";

    PayaraMicro() {
        super(
                "payara-micro",
                "Payara Micro "
                        + System.getProperty("seawall.servers.payara-micro", "").replaceAll("payara-micro-|\\.jar", ""),
                EnumSet.complementOf(EnumSet.of(
                        Capability.LETS_CALLS_END,
                        Capability.TRANSACTION_MANAGER,
                        Capability.MESSAGING,
                        Capability.EAR)));
    }

    @Override
    List<String> command(Map<String, String> systemProperties) throws IOException {
        Path jar = Installation.of("payara-micro");
        Path beforeBoot = Files.writeString(directory().resolve("before-boot"), ON_LOOPBACK);
        Path temporary = Files.createDirectories(directory().resolve("tmp"));
        List<String> command = new ArrayList<>();
        command.add(Installation.javaHome().resolve("bin/java").toString());
        command.addAll(openModules(jar));
        command.addAll(List.of("-Xmx512m", "-Djava.io.tmpdir=" + temporary, "-cp", jar.toString()));
        systemProperties.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.add(
                Path.of("src/test/servers/MicroControl.java").toAbsolutePath().toString());
        command.addAll(List.of("--port", Integer.toString(port())));
        command.addAll(List.of("--noHazelcast", "--disablephonehome"));
        command.addAll(List.of("--prebootcommandfile", beforeBoot.toString()));
        return command;
    }

    @Override
    boolean isReady() {
        return log().contains("MicroControl: ready");
    }

    @Override
    Optional<URI> health() {
        return Optional.of(uri("health"));
    }

    @Override
    void deploy(String application, Path archive) throws DeploymentFailedException {
        int logged = log().length();
        if (!answer("deploy", application, " " + archive.toAbsolutePath()).equals("done")) {
            throw refused(application, logged);
        }
    }

    @Override
    void undeploy(String application) {
        answer("undeploy", application, "");
    }

    private String answer(String verb, String application, String argument) {
        int logged = log().length();
        String start = "MicroControl: " + verb + " of " + application + " ";
        tell(verb + " " + application + argument);
        awaitDeployment(() -> log().substring(logged).contains(start));
        String rest = log().substring(logged);
        return rest.substring(rest.indexOf(start) + start.length())
                .lines()
                .findFirst()
                .orElseThrow();
    }

    /** What the manifest opens when the jar is started with {@code -jar}. */
    private static List<String> openModules(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Attributes manifest = file.getManifest().getMainAttributes();
            List<String> options = new ArrayList<>();
            for (String opened : manifest.getValue("Add-Opens").split(" ", -1)) {
                options.add("--add-opens=" + opened + "=ALL-UNNAMED");
            }
            for (String exported : manifest.getValue("Add-Exports").split(" ", -1)) {
                options.add("--add-exports=" + exported + "=ALL-UNNAMED");
            }
            return options;
        }
    }
}
