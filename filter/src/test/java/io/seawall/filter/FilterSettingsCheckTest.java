package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.filter.caching.CacheHeadersFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletException;
import java.util.EnumSet;
import java.util.Map;
import java.util.ServiceLoader;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.junit.jupiter.api.Test;

/** On Jetty, which would initialise the filter at the start anyway: what is asked here is who complains. */
class FilterSettingsCheckTest {

    @Test
    void a_wrong_setting_is_found_before_any_filter_is_initialised() {
        try (TestServer server = new TestServer()) {
            server.filter("OrdersLimit", "/*", Map.of("limits", "lots"), DispatcherType.REQUEST);
            server.application().addServletContainerInitializer(new FilterSettingsCheck());
            assertThatThrownBy(server::start)
                    .hasStackTraceContaining(FilterSettingsCheck.class.getName())
                    .isInstanceOf(ServletException.class)
                    .hasMessageContainingAll("'limits'", "'OrdersLimit'", "'lots'");
        }
    }

    @Test
    void so_is_one_of_what_caches_are_told() {
        try (TestServer server = new TestServer()) {
            FilterHolder holder = new FilterHolder(CacheHeadersFilter.class);
            holder.setName("ProductsCache");
            holder.setInitParameters(Map.of("max-age", "soon"));
            server.application().addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
            server.application().addServletContainerInitializer(new FilterSettingsCheck());
            assertThatThrownBy(server::start)
                    .hasStackTraceContaining(FilterSettingsCheck.class.getName())
                    .isInstanceOf(ServletException.class)
                    .hasMessageContainingAll("'max-age'", "'ProductsCache'", "'soon'");
        }
    }

    @Test
    void other_filters_are_none_of_its_business() throws Exception {
        try (TestServer server = new TestServer()) {
            server.filter("OrdersLimit", "/*", Map.of("limits", "1/1h"), DispatcherType.REQUEST);
            server.application()
                    .addFilter(
                            (request, response, chain) -> chain.doFilter(request, response),
                            "/*",
                            EnumSet.of(DispatcherType.REQUEST));
            server.application().addServletContainerInitializer(new FilterSettingsCheck());
            server.start();
            assertThat(server.get("/").statusCode()).isEqualTo(404);
            assertThat(server.get("/").statusCode()).isEqualTo(429);
        }
    }

    @Test
    void containers_find_it() {
        assertThat(ServiceLoader.load(ServletContainerInitializer.class).stream()
                        .map(ServiceLoader.Provider::type))
                .contains(FilterSettingsCheck.class);
    }
}
