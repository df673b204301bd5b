package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.Test;

/** A filter as whoever runs the application sees it by JMX. */
class FilterBeanTest {

    private static final String API = "io.seawall:type=Filter,application=\"/shop\",name=\"api\"";

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    private static TestServer serve() throws Exception {
        return new TestServer()
                .servlet("/", new TestServlet((request, response) -> response.setStatus(204)))
                .filter("api", Map.of("limits", "2/1h"))
                .start();
    }

    private Set<String> shown() throws JMException {
        return server.queryNames(new ObjectName("io.seawall:type=Filter,*"), null).stream()
                .map(ObjectName::toString)
                .collect(Collectors.toSet());
    }

    private Object number(String attribute, String name) throws JMException {
        TabularData all = (TabularData) server.getAttribute(new ObjectName(API), attribute);
        return all.get(new Object[] {name}).get("value");
    }

    @Test
    void its_numbers_are_shown_and_nothing_stays_behind() throws Exception {
        try (TestServer one = serve()) {
            for (int i = 0; i < 3; i++) {
                one.get("/");
            }
            assertThat(shown()).containsExactly(API);
            assertThat(server.getAttribute(new ObjectName(API), "Name")).isEqualTo("api");
            assertThat((Long) server.getAttribute(new ObjectName(API), "RequestsInFlight"))
                    .isBetween(0L, 3L); // the last one may not have returned yet
            assertThat(number("Allowed", "default")).isEqualTo(2L);
            assertThat(number("Refused", "default")).isEqualTo(1L);
            assertThat(number("Metrics", "seawall.limit.decisions{filter=api,policy=default,outcome=refused,by=store}"))
                    .isEqualTo(1.0);
        }
        assertThat(shown()).isEmpty();
    }

    @Test
    void two_applications_of_one_path_do_not_get_into_each_others_way() throws Exception {
        try (TestServer one = serve()) {
            try (TestServer two = serve()) {
                two.get("/");
                assertThat(shown())
                        .containsExactlyInAnyOrder(API, "io.seawall:type=Filter,application=\"/shop#2\",name=\"api\"");
                assertThat(number("Allowed", "default")).isEqualTo(0L);
            }
            one.get("/");
            assertThat(shown()).containsExactly(API);
            assertThat(number("Allowed", "default")).isEqualTo(1L);
        }
    }
}
