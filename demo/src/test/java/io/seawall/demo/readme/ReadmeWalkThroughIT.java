package io.seawall.demo.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.seawall.demo.DemoProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The README tells the truth: its walk through the demo is walked, and every answer is the one that it shows. */
class ReadmeWalkThroughIT {

    private static final Path README = Path.of("..", "README.md");

    private static final Pattern SLEEP = Pattern.compile("sleep (\\d+)");

    /** A busy machine may be later than the README says. */
    private static final Duration LATE = Duration.ofSeconds(15);

    private static DemoProcess demo;

    @BeforeAll
    static void open() {
        demo = DemoProcess.start();
    }

    @AfterAll
    static void close() {
        if (demo != null) {
            demo.close();
        }
    }

    @Test
    void every_command_of_the_walk_through_prints_what_the_readme_shows() throws IOException {
        List<Step> steps = Section.steps(Files.readAllLines(README), "Walk through it");
        assertThat(steps).as("there is something to replay").hasSizeGreaterThan(10);
        Shell shell = new Shell(demo::send);
        for (Iterator<Step> rest = steps.iterator(); rest.hasNext(); ) {
            replay(rest.next(), rest, shell);
        }
    }

    @Test
    void the_demo_greets_as_the_readme_shows() throws IOException {
        List<String> readme = Files.readAllLines(README);
        String greeting = demo.output()
                .replace(":" + demo.shop("/").getPort(), ":8080")
                .replace(":" + demo.service("/").getPort(), ":8081");
        assertThat(readme).containsSequence(greeting.strip().lines().toList());
    }

    private static void replay(Step step, Iterator<Step> rest, Shell shell) {
        var sleep = SLEEP.matcher(step.command());
        if (sleep.matches()) {
            assertThat(step.output()).as("sleep prints nothing").isEmpty();
            Step next = rest.next();
            await().atMost(LATE.plusSeconds(Long.parseLong(sleep.group(1))))
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> check(next, shell));
        } else {
            check(step, shell);
        }
    }

    private static void check(Step step, Shell shell) {
        Printed shown = Printed.parse(step.output());
        Printed printed = Printed.parse(shell.run(local(step.command())));
        assertThat(printed.isAsShown(shown))
                .as("%n$ %s%nprints %s%nand the README shows %s", step.command(), printed, shown)
                .isTrue();
    }

    /** The same command, for the ports of this demo. */
    private static String local(String command) {
        return command.replace("http://localhost:8080", origin(demo.shop("/")))
                .replace("http://localhost:8081", origin(demo.service("/")));
    }

    private static String origin(URI address) {
        return address.getScheme() + "://" + address.getAuthority();
    }
}
