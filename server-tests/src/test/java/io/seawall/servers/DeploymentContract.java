package io.seawall.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Applications that come and go, and those that must not come. */
interface DeploymentContract extends Deployed {

    int REDEPLOYMENTS = 5;

    /** Of the databases of the example. */
    String DRIVER = "org.h2.Driver";

    @Test
    @Proves(Feature.EXAMPLE)
    default void the_example_sells_its_products_without_the_services_that_it_calls() throws DeploymentFailedException {
        needs(Capability.HOT_DEPLOYMENT);
        server().deploy("shop", Path.of(System.getProperty("seawall.war")));
        try {
            Probe shop = new Probe(server().uri("shop"));
            HttpResponse<String> products = shop.get("/api/products", "");
            assertThat(products.statusCode()).isEqualTo(200);
            assertThat(products.body()).contains("Harbour mug");
            assertThat(products.headers().firstValue("RateLimit").orElseThrow()).contains("r=99");
            assertThat(shop.get("/metrics", "").body())
                    .contains(
                            "seawall_calls_total{target=\"inventory\"} 1.0",
                            "seawall_calls_total{target=\"catalogue-replica\"} 1.0",
                            "seawall_calls_total{target=\"catalogue-primary\"} 0.0");
            assertThat(shop.get("/api/products", "").body())
                    .as("now that there is a last answer, the database is asked on another thread")
                    .contains("Harbour mug");
            assertThat(shop.get("/api/search?q=lamp", "").body())
                    .contains("Storm lamp")
                    .doesNotContain("Harbour mug");
            assertThat(shop.status("/health/ready", "")).isEqualTo(200);
            assertThat(shop.status("/seawall/api/state", ""))
                    .as("the console, whose role nobody has")
                    .isEqualTo(403);
        } finally {
            server().undeploy("shop");
        }
    }

    @Test
    @Proves(Feature.EAR)
    default void the_jar_works_in_the_library_directory_of_an_ear() throws IOException, DeploymentFailedException {
        needs(Capability.HOT_DEPLOYMENT);
        needs(Capability.EAR);
        server().deploy("in-an-ear", Archives.ear("in-an-ear", !server().has(Capability.TRANSACTION_MANAGER)));
        try {
            Probe ear = new Probe(server().uri("in-an-ear"));
            assertThat(ear.status("/local/ping", "in-an-ear")).isEqualTo(200);
            assertThat(ear.run("cdi/retried", 2).returned()).isEqualTo("attempt 3");
            // Settings of the EJB module count for all beans, those of the web module for none.
            assertThat(ear.run("cdi/set-by-file", ResilientContract.ALWAYS).attempts())
                    .isEqualTo(1 + 3);
            assertThat(ear.run("web/set-in-web", ResilientContract.ALWAYS).attempts())
                    .isEqualTo(1 + 2);
            if (server().has(Capability.DATA_SOURCE)) {
                assertThat(ear.write("ejb/per-attempt", 2).rows()).isEqualTo(1);
            }
        } finally {
            server().undeploy("in-an-ear");
        }
    }

    @Test
    default void an_ear_without_anybody_to_begin_transactions_is_refused_with_what_to_do() throws IOException {
        needs(Capability.HOT_DEPLOYMENT);
        needs(Capability.EAR);
        lacks(Capability.TRANSACTION_MANAGER);
        Path ear = Archives.ear("no-transactions", false);
        assertThatThrownBy(() -> server().deploy("no-transactions", ear))
                .isInstanceOf(DeploymentFailedException.class)
                .hasMessageContainingAll("PER_ATTEMPT", "NewTransactionBean");
    }

    @Test
    @Proves(Feature.WRONG_LIMIT)
    default void a_wrong_limit_fails_the_deployment_with_our_words_in_the_log() throws IOException {
        needs(Capability.HOT_DEPLOYMENT);
        needs(Capability.FAILS_WITH_FILTER);
        Path wrong = Archives.withWrongLimit();
        assertThatThrownBy(() -> server().deploy("wrong-limit", wrong))
                .isInstanceOf(DeploymentFailedException.class)
                .hasMessageContainingAll("LocalLimit", "limits", "'lots'");
    }

    @Test
    default void where_a_wrong_limit_does_not_fail_the_deployment_nothing_is_served_without_it()
            throws IOException, DeploymentFailedException {
        needs(Capability.HOT_DEPLOYMENT);
        lacks(Capability.FAILS_WITH_FILTER);
        int logged = server().log().length();
        server().deploy("wrong-limit", Archives.withWrongLimit());
        try {
            Probe wrong = new Probe(server().uri("wrong-limit"));
            assertThat(wrong.status("/local/ping", "")).isIn(404, 500);
            assertThat(wrong.status("/shared/ping", "")).isIn(404, 500);
            assertThat(server().log().substring(logged)).contains("LocalLimit", "limits", "'lots'");
        } finally {
            server().undeploy("wrong-limit");
        }
    }

    @Test
    @Proves(Feature.WRONG_SETTING)
    default void a_wrong_setting_fails_the_deployment_with_our_words_in_the_log() throws IOException {
        needs(Capability.HOT_DEPLOYMENT);
        Path wrong = Archives.withWrongSetting();
        assertThatThrownBy(() -> server().deploy("wrong-setting", wrong))
                .isInstanceOf(DeploymentFailedException.class)
                .hasMessageContainingAll("seawall.set-by-file.timeout", "'soon'");
    }

    @Test
    @Proves(Feature.WARNINGS)
    default void what_does_less_than_it_seems_to_is_told_when_it_is_deployed()
            throws IOException, DeploymentFailedException {
        needs(Capability.HOT_DEPLOYMENT);
        int logged = server().log().length();
        server().deploy("warned", Archives.withWarned());
        try {
            // What a server writes may come a moment after it has deployed.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertWarned(server().log().substring(logged)));
        } finally {
            server().undeploy("warned");
        }
    }

    private void assertWarned(String log) {
        assertTold(true, log, "called by their own class", "CallsItself.call");
        assertTold(true, log, "are overridden", "Overriding.call");
        assertTold(true, log, "guards nothing on an interface", "OnAnInterface:");
        assertTold(server().has(Capability.FINDS_ANNOTATED_CLASSES), log, "no bean", "NoBeanAsAWhole:");
        assertTold(server().has(Capability.FINDS_ANNOTATED_CLASSES), log, "no bean", "NoBean:");
        assertTold(server().has(Capability.EJB), log, "inside the transaction", "ejb.InsideTransaction.call");
        assertTold(server().has(Capability.EJB), log, "write lock", "ejb.WaitsUnderLock.call");
        assertTold(server().has(Capability.MICROPROFILE_FAULT_TOLERANCE), log, "by MicroProfile", "RetriedTwice.call");
        assertThat(log.lines()).anyMatch(line -> line.contains(Archives.SETTING_OF_NOBODY + "' of seawall.properties"));
    }

    private static void assertTold(boolean told, String log, String warning, String place) {
        String name = "io.seawall.probe.warned." + place;
        assertThat(log.lines().anyMatch(line -> line.contains(warning) && line.contains(name)))
                .as("told that " + name + " " + warning)
                .isEqualTo(told);
    }

    @Test
    @Proves(Feature.RETRY_MARK)
    default void a_mark_of_the_caller_switches_retrying_off_where_it_is_trusted()
            throws IOException, DeploymentFailedException {
        needs(Capability.HOT_DEPLOYMENT);
        assertThat(probe().runMarked("cdi/retried", 2).attempts()).isEqualTo(3);
        server().deploy("trusting", Archives.withContextParam("seawall.trust-retry-mark", "true"));
        try {
            Probe trusting = new Probe(server().uri("trusting"));
            assertThat(trusting.runMarked("cdi/retried", 2).attempts()).isEqualTo(1);
            assertThat(trusting.run("cdi/retried", 2).attempts()).isEqualTo(3);
        } finally {
            server().undeploy("trusting");
        }
    }

    @Test
    @Proves(Feature.NO_LEAK)
    default void five_redeployments_leave_neither_a_class_loader_nor_a_thread_behind()
            throws IOException, DeploymentFailedException {
        needs(Capability.HOT_DEPLOYMENT);
        needs(Capability.LETS_APPLICATIONS_GO);
        Jvm jvm = new Jvm(server().pid());
        Jvm.Leftovers before = jvm.leftovers();
        assertThat(before.markers()).as("the probe itself").isPositive();
        redeploy(server().has(Capability.LETS_CALLS_END) ? Archives.probe() : Archives.withoutSchedule());
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(jvm.leftovers()).satisfies(after -> {
                    assertThat(after.markers()).isLessThanOrEqualTo(before.markers() + server().markersKept());
                    assertThat(after.filters()).isLessThanOrEqualTo(before.filters());
                    hasNoMoreThreads(after, before);
                }));
    }

    @Test
    default void a_server_that_holds_on_to_old_applications_does_so_without_seawall_too_and_no_thread_stays()
            throws IOException, DeploymentFailedException {
        needs(Capability.HOT_DEPLOYMENT);
        lacks(Capability.LETS_APPLICATIONS_GO);
        Jvm jvm = new Jvm(server().pid());
        Jvm.Leftovers before = jvm.leftovers();
        Path without = Archives.withoutSeawall();
        for (int i = 0; i < REDEPLOYMENTS; i++) {
            server().deploy("redeployed", without);
            server().undeploy("redeployed");
        }
        Jvm.Leftovers afterWithout = jvm.leftovers();
        assertThat(afterWithout.markers()).as("what the server keeps by itself").isGreaterThan(before.markers());
        redeploy(Archives.probe());
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(jvm.leftovers()).satisfies(after -> {
                    assertThat(after.markers() - afterWithout.markers())
                            .isLessThanOrEqualTo(afterWithout.markers() - before.markers());
                    hasNoMoreThreads(after, before);
                }));
    }

    @Test
    default void the_example_takes_its_databases_with_it() throws DeploymentFailedException {
        needs(Capability.HOT_DEPLOYMENT);
        needs(Capability.LETS_APPLICATIONS_GO);
        Jvm jvm = new Jvm(server().pid());
        long before = jvm.instances(DRIVER);
        int logged = server().log().length();
        for (int i = 0; i < REDEPLOYMENTS; i++) {
            server().deploy("shop", Path.of(System.getProperty("seawall.war")));
            Probe shop = new Probe(server().uri("shop"));
            assertThat(shop.status("/api/products", "")).isEqualTo(200);
            assertThat(shop.status("/api/search?q=lamp", "")).isEqualTo(200);
            server().undeploy("shop");
        }
        // There is one for each class loader that has loaded it. WildFly and Jetty keep one of all that there were.
        long kept = 1;
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(jvm.instances(DRIVER)).isLessThanOrEqualTo(before + kept));
        assertThat(server().log().substring(logged))
                .as("what Tomcat says of a driver that it had to unregister")
                .doesNotContain("registered the JDBC driver");
    }

    private void redeploy(Path archive) throws DeploymentFailedException {
        for (int i = 0; i < REDEPLOYMENTS; i++) {
            server().deploy("redeployed", archive);
            use(new Probe(server().uri("redeployed")));
            server().undeploy("redeployed");
        }
    }

    /** The probe's own may have ended meanwhile. */
    private static void hasNoMoreThreads(Jvm.Leftovers after, Jvm.Leftovers before) {
        List<String> more = new ArrayList<>(after.threads());
        before.threads().forEach(more::remove); // each name once for each time
        assertThat(more).isEmpty();
    }

    /** All that starts a thread, opens a connection or touches a pool. */
    private static void use(Probe probe) {
        assertThat(probe.status("/local/ping", "redeployed")).isEqualTo(200);
        assertThat(probe.status("/shared/ping", "redeployed")).isEqualTo(200);
        assertThat(probe.status("/local/async/dispatch", "redeployed")).isEqualTo(200);
        assertThat(probe.run("cdi/retried", 2).attempts()).isEqualTo(3);
        assertThat(probe.run("cdi/slow", 0).thrown()).isNotNull();
    }
}
