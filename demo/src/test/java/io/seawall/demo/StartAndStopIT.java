package io.seawall.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How the demo begins and ends, as the one who started it sees it. */
class StartAndStopIT {

    /** 128 and the number of SIGTERM: what a shell reports for a program that was told to end. */
    private static final int TERMINATED = 143;

    @Test
    void a_demo_that_is_told_to_stop_says_goodbye_and_frees_its_ports() throws Exception {
        try (DemoProcess demo = DemoProcess.start()) {
            demo.products();
            URI shop = demo.shop("/");
            URI services = demo.service("/");

            demo.terminate();

            assertThat(demo.exitCode()).isIn(0, TERMINATED);
            assertThat(demo.output()).contains("Goodbye.");
            assertNoStackTrace(demo);
            assertFree(shop.getPort());
            assertFree(services.getPort());
        }
    }

    @Test
    void a_request_that_hangs_does_not_keep_the_demo_from_stopping() {
        try (DemoProcess demo = DemoProcess.start()) {
            demo.tell("payments", "hang");
            CompletableFuture<?> buyer = CompletableFuture.runAsync(demo::checkout);
            await().until(() -> wasAsked(demo, "payments"));

            demo.terminate();

            assertThat(demo.exitCode()).isIn(0, TERMINATED);
            assertThat(demo.output()).contains("Goodbye.");
            assertNoStackTrace(demo);
            await().until(buyer::isDone);
        }
    }

    @Test
    void the_services_may_be_those_of_somebody_else() {
        try (DemoProcess services = DemoProcess.start();
                DemoProcess demo = DemoProcess.run(
                                "--port",
                                "0",
                                "--services",
                                services.service("").toString())
                        .awaitOpen()) {
            demo.products();

            assertThat(wasAsked(services, "inventory")).isTrue();
            assertThat(demo.output()).doesNotContain("Tell payments");
        }
    }

    @Test
    void a_demo_that_ends_with_its_input_does() {
        // The input of the process is closed as soon as it is started.
        try (DemoProcess demo = DemoProcess.begin("--end-with-input")) {
            assertThat(demo.exitCode()).isZero();
            assertThat(demo.output()).contains("Goodbye.");
            assertNoStackTrace(demo);
        }
    }

    @Test
    void a_redis_address_that_is_none_is_told_in_a_line() {
        try (DemoProcess demo = DemoProcess.begin("--redis", "localhost")) {
            assertThat(demo.exitCode()).isEqualTo(1);
            assertThat(demo.errors()).contains("The shop cannot be deployed", "redis://");
            assertNoStackTrace(demo);
        }
    }

    @Test
    void a_port_in_use_is_told_with_the_way_out() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DemoProcess demo = DemoProcess.begin("--port", Integer.toString(taken.getLocalPort()))) {
            assertThat(demo.exitCode()).isEqualTo(1);
            assertThat(demo.errors())
                    .contains("Port " + taken.getLocalPort() + " is in use", "--port")
                    .doesNotContain("--downstream-port");
            assertNoStackTrace(demo);
        }
    }

    @Test
    void a_bad_option_is_told_with_the_right_ones() {
        try (DemoProcess demo = DemoProcess.run("--prot", "9090")) {
            assertThat(demo.exitCode()).isEqualTo(2);
            assertThat(demo.errors()).contains("'--prot'", "--port PORT");
            assertNoStackTrace(demo);
        }
    }

    private static boolean wasAsked(DemoProcess demo, String service) {
        return !demo.ask(service).contains("\"requests\":0");
    }

    private static void assertNoStackTrace(DemoProcess demo) {
        assertThat(demo.errors()).doesNotContain("\tat ", "Exception");
    }

    private static void assertFree(int port) throws IOException {
        ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        probe.close();
    }
}
