package io.seawall.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.test.HostilePaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Limits by path: each server reads a path in its own way, and whatever comes to a servlet must have been counted by the limit
 * of its path. In the probe {@code login} and {@code api} count what the servlets at {@code /login} and {@code /api/*} are for, and
 * {@code other} both, but for what is exempt.
 */
interface PathContract extends Deployed {

    /**
     * One that came through.
     *
     * @param target as it was sent
     * @param servlet the pattern by which the server found it
     * @param counted the names of the limits that have counted it, among other things
     */
    record Arrival(String target, String servlet, String counted) {

        boolean isCountedBy(String limit) {
            return counted.contains('"' + limit + '"');
        }
    }

    private List<Arrival> arrivals(String root) {
        AddressedClient client = new AddressedClient("127.0.0.1");
        List<Arrival> arrivals = new ArrayList<>();
        for (String target : HostilePaths.below(root)) {
            Optional<AddressedClient.Answer> answer = client.tryGet(server().port(), target);
            String servlet = answer.map(told -> told.field("X-Found-By")).orElse("");
            if (!servlet.isEmpty()) {
                arrivals.add(new Arrival(
                        target,
                        servlet,
                        answer.map(told -> told.field("RateLimit")).orElse("")));
            }
        }
        return arrivals;
    }

    @Test
    @Proves(Feature.PATHS)
    default void no_spelling_of_a_path_escapes_its_limit_or_reaches_an_exemption() {
        String root = server().uri(ServerTest.PROBE).getPath();
        List<Arrival> arrivals = arrivals(root);

        assertThat(arrivals)
                .as("these are served everywhere, so the list was heard")
                .extracting(Arrival::target)
                .contains(root + "/login", root + "/%6cogin", root + "/login;x=1", root + "/api/orders");
        assertThat(arrivals)
                .filteredOn(arrival -> arrival.servlet().equals("/login"))
                .allMatch(arrival -> arrival.isCountedBy("login"));
        assertThat(arrivals)
                .filteredOn(arrival -> arrival.servlet().equals("/api/*"))
                .allMatch(arrival -> arrival.isCountedBy("api"));
        assertThat(arrivals)
                .filteredOn(arrival -> !arrival.isCountedBy("other"))
                .extracting(arrival -> server().pathAsRead(arrival.target()))
                .as("exempt")
                .contains(root + "/login", root + "/api/orders")
                .isSubsetOf(
                        root + "/login",
                        root + "/login?q",
                        root + "/api/orders",
                        root + "/api/orders?q",
                        "http://a" + root + "/login",
                        "http://a" + root + "/api/orders");
    }
}
