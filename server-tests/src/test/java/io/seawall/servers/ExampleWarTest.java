package io.seawall.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** One WAR for all servers: what a server brings must not be in it, and nothing in it may be newer than the oldest. */
class ExampleWarTest {

    private static final String WAR = System.getProperty("seawall.war");
    private static final int JAVA_17 = 61;

    private static List<String> entries() throws IOException {
        try (JarFile war = new JarFile(WAR)) {
            return war.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .toList();
        }
    }

    private static String read(String entry) throws IOException {
        try (JarFile war = new JarFile(WAR)) {
            return new String(war.getInputStream(war.getEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void seawall_and_a_database_are_its_only_libraries() throws IOException {
        assertThat(entries().stream()
                        .filter(name -> name.endsWith(".jar"))
                        .sorted()
                        .toList())
                .satisfiesExactly(
                        h2 -> assertThat(h2).matches("WEB-INF/lib/h2-[^/]*\\.jar"),
                        seawall -> assertThat(seawall).matches("WEB-INF/lib/seawall-[^/]*\\.jar"));
    }

    @Test
    void all_its_classes_are_the_shops() throws IOException {
        assertThat(entries().stream().filter(name -> name.endsWith(".class")).toList())
                .isNotEmpty()
                .allMatch(name -> name.startsWith("WEB-INF/classes/io/seawall/example/"))
                .noneMatch(name -> name.contains("emo"));
    }

    @Test
    void its_classes_run_on_java_17() throws IOException {
        try (JarFile war = new JarFile(WAR)) {
            for (String name : entries()) {
                if (name.endsWith(".class")) {
                    try (InputStream in = war.getInputStream(war.getEntry(name));
                            DataInputStream data = new DataInputStream(in)) {
                        data.readInt(); // the magic number
                        data.readUnsignedShort(); // the minor version
                        assertThat(data.readUnsignedShort()).as(name).isLessThanOrEqualTo(JAVA_17);
                    }
                }
            }
        }
    }

    @Test
    void its_descriptors_are_those_of_the_oldest_server() throws IOException {
        assertThat(read("WEB-INF/web.xml")).contains("version=\"5.0\"");
        assertThat(read("WEB-INF/beans.xml")).contains("version=\"3.0\"", "bean-discovery-mode=\"annotated\"");
    }

    @Test
    void it_declares_the_filter_as_the_guide_says() throws IOException {
        assertThat(read("WEB-INF/web.xml"))
                .contains("io.seawall.filter.RateLimitFilter", "<async-supported>true</async-supported>");
    }

    @Test
    void it_tells_caches_what_the_guide_says() throws IOException {
        assertThat(read("WEB-INF/web.xml"))
                .contains("io.seawall.filter.caching.CacheHeadersFilter", "<url-pattern>/api/products</url-pattern>");
    }

    @Test
    void it_shows_what_is_counted_as_the_guide_says() throws IOException {
        assertThat(read("WEB-INF/web.xml"))
                .contains("io.seawall.observe.MetricsServlet", "<url-pattern>/metrics</url-pattern>");
    }

    @Test
    void it_tells_load_balancers_what_the_guide_says() throws IOException {
        assertThat(read("WEB-INF/web.xml"))
                .contains("io.seawall.observe.health.HealthServlet", "<url-pattern>/health/*</url-pattern>");
    }

    @Test
    void it_has_the_console_for_a_role_that_only_who_deploys_it_can_give() throws IOException {
        assertThat(read("WEB-INF/web.xml"))
                .contains(
                        "io.seawall.observe.console.ConsoleServlet",
                        "<url-pattern>/seawall/*</url-pattern>",
                        "${SHOP_CONSOLE_ROLE:operator}",
                        "${SHOP_CONSOLE_INSECURE:false}");
    }
}
