package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.filter.client.ClientIdentifier;
import io.seawall.filter.settings.ApplicationClass;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A class of the application as the setting {@code client}. */
class ClientIdentifierTest {

    /** Tells clients apart by a query, and which loader it is of. */
    public static final class ByQuery implements ClientIdentifier {
        @Override
        public @Nullable String identify(HttpServletRequest request) {
            ClassLoader loader = getClass().getClassLoader();
            return loader.getName() + " " + request.getQueryString();
        }
    }

    /** Cannot tell. */
    public static final class Silent implements ClientIdentifier {
        @Override
        public @Nullable String identify(HttpServletRequest request) {
            return request.getQueryString();
        }
    }

    /** Has something to say before it can be asked. */
    public static final class Failing implements ClientIdentifier {
        /** For the filter. */
        public Failing() {
            throw new IllegalStateException("no database");
        }

        @Override
        public String identify(HttpServletRequest request) {
            return "";
        }
    }

    /** Fails before it is constructed. */
    public static final class FailingClass implements ClientIdentifier {
        private static final String NAME = String.valueOf(Integer.parseInt("none"));

        @Override
        public String identify(HttpServletRequest request) {
            return NAME;
        }
    }

    /** Wants to know more than anybody can tell it. */
    public record Demanding(String name) implements ClientIdentifier {
        @Override
        public String identify(HttpServletRequest request) {
            return name;
        }
    }

    /** Of which nobody but this test can have one. */
    static final class Hidden implements ClientIdentifier {
        @Override
        public String identify(HttpServletRequest request) {
            return "";
        }
    }

    private static TestServer server(Class<?> identifier) {
        return new TestServer().filter("api", Map.of("limits", "1/1h", "client", identifier.getName()));
    }

    @Test
    void clients_are_told_apart_by_what_it_says() throws Exception {
        try (TestServer server = server(ByQuery.class).start()) {
            assertThat(server.get("/?ann").statusCode()).isEqualTo(404);
            assertThat(server.get("/?bob").statusCode()).isEqualTo(404);
            assertThat(server.get("/?ann").statusCode()).isEqualTo(429);
        }
    }

    @Test
    void when_it_cannot_tell_the_address_counts() throws Exception {
        try (TestServer server = server(Silent.class).start()) {
            assertThat(server.get("/").statusCode()).isEqualTo(404);
            assertThat(server.get("/").statusCode()).isEqualTo(429);
            assertThat(server.get("/?%20").statusCode()).isEqualTo(404);
        }
    }

    /** As an application does with what is in {@code WEB-INF/classes}: it sees its own class before that of the server. */
    private static final class Application extends URLClassLoader {
        Application() {
            super("application", new URL[] {location()}, ClientIdentifier.class.getClassLoader());
        }

        private static URL location() {
            return ByQuery.class.getProtectionDomain().getCodeSource().getLocation();
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            return name.equals(ByQuery.class.getName()) ? findClass(name) : super.loadClass(name, resolve);
        }
    }

    @Test
    void it_is_loaded_by_the_application() throws Exception {
        try (URLClassLoader application = new Application()) {
            ClientIdentifier identifier = inContext(application);
            assertThat(identifier.getClass().getClassLoader()).isSameAs(application);
            assertThat(inContext(null).getClass()).isSameAs(ByQuery.class);
            assertThat(inContext(ClassLoader.getPlatformClassLoader()).getClass())
                    .isSameAs(ByQuery.class);
        }
    }

    private static ClientIdentifier inContext(@Nullable ClassLoader loader) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return ApplicationClass.newInstance(ByQuery.class.getName(), ClientIdentifier.class);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void assertRefused(Class<?> identifier, String rule) {
        assertThatThrownBy(() -> {
                    try (TestServer server = server(identifier)) {
                        server.start();
                    }
                })
                .isInstanceOf(ServletException.class)
                .hasMessageContainingAll("init-param 'client' of filter 'api'", identifier.getName(), rule)
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void one_that_cannot_be_made_stops_the_deployment() {
        assertRefused(Failing.class, "cannot be made, it throws java.lang.IllegalStateException: no database");
        assertRefused(FailingClass.class, "cannot be made, it throws java.lang.ExceptionInInitializerError");
        assertRefused(Demanding.class, "with a public constructor without arguments");
        assertRefused(Hidden.class, "make it public");
        assertRefused(ClientIdentifierTest.class, "does not implement io.seawall.filter.client.ClientIdentifier");
    }

    @Test
    void the_cause_of_a_failed_constructor_is_kept() {
        assertThatThrownBy(() -> {
                    try (TestServer server = server(Failing.class)) {
                        server.start();
                    }
                })
                .hasRootCauseInstanceOf(IllegalStateException.class);
    }
}
