package io.seawall;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.filter.RateLimitFilter;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The one jar as a user gets it. */
class BundleIT {

    private static final Path JAR = Path.of(System.getProperty("seawall.bundle"));

    @Test
    void everything_in_it_is_ours_or_moved_out_of_everybodys_way() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName))
                    .allMatch(name -> name.startsWith("io/seawall/") || name.startsWith("META-INF/"))
                    .noneMatch(name -> name.startsWith("META-INF/versions/"));
        }
    }

    @Test
    void cdi_finds_its_beans_and_its_extension() throws IOException {
        assertThat(read("META-INF/beans.xml")).contains("bean-discovery-mode=\"annotated\"");
        assertThat(read("META-INF/services/jakarta.enterprise.inject.spi.Extension")
                        .strip())
                .isEqualTo("io.seawall.interceptors.ResilientExtension");
    }

    @Test
    void servlet_containers_find_what_each_module_has_for_their_start() throws IOException {
        assertThat(read("META-INF/services/jakarta.servlet.ServletContainerInitializer")
                        .lines())
                .containsExactlyInAnyOrder(
                        "io.seawall.filter.FilterSettingsCheck", "io.seawall.interceptors.AnnotatedClasses");
    }

    @Test
    void it_tells_its_version() throws IOException {
        assertThat(read("META-INF/MANIFEST.MF"))
                .contains("Implementation-Version: ", "Automatic-Module-Name: io.seawall");
    }

    @Test
    void it_carries_the_licences_of_what_is_in_it() throws IOException {
        assertThat(read("META-INF/LICENSE")).contains("Apache License");
        assertThat(read("META-INF/NOTICE")).contains("Jedis", "Commons Pool", "Gson", "SLF4J", "org.json");
    }

    @Test
    void it_is_small() throws IOException {
        assertThat(Files.size(JAR)).isLessThan(4 * 1024 * 1024);
    }

    @Test
    void the_filter_and_its_redis_client_load_with_nothing_but_the_servlet_api() throws Exception {
        URL servletApi = jakarta.servlet.Filter.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation();
        ClassLoader jdk = ClassLoader.getPlatformClassLoader();
        try (URLClassLoader alone = new URLClassLoader(new URL[] {JAR.toUri().toURL(), servletApi}, jdk)) {
            for (String name : List.of(
                    RateLimitFilter.class.getName(),
                    "io.seawall.filter.FilterSettings",
                    "io.seawall.redis.RedisLimitStore",
                    "io.seawall.redis.JedisConnections",
                    "io.seawall.shaded.redis.clients.jedis.Connection")) {
                Class<?> type = Class.forName(name, true, alone);
                assertThat(type.getClassLoader()).isSameAs(alone);
                assertThat(type.getDeclaredMethods()).isNotEmpty();
            }
        }
    }

    private static String read(String entry) throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            return new String(jar.getInputStream(jar.getEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
