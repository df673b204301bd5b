package io.seawall.interceptors.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.interceptors.AnnotatedClasses;
import io.seawall.interceptors.Resilient;
import io.seawall.interceptors.ResilientInterceptor;
import io.seawall.resilience.RetriesOff;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That the filter is there by itself, in the start of a real container. */
class FilterRegistrarTest {

    @Resilient
    private static final class Bean {}

    private final WebServer server = new WebServer();
    private final List<Boolean> off = new ArrayList<>();

    @AfterEach
    void stop() {
        server.close();
    }

    /** As a container that has found these classes. */
    private void start(Class<?>... found) throws Exception {
        ServletContextHandler application = server.application();
        application.addServletContainerInitializer(new AnnotatedClasses(), found);
        server.servlet("/*", (request, response) -> {
                    off.add(RetriesOff.here());
                    if (request.getDispatcherType() == DispatcherType.REQUEST && request.getQueryString() != null) {
                        request.startAsync().dispatch();
                        return;
                    }
                    throw new Refused(null);
                })
                .start();
    }

    private int filters() {
        return server.application().getServletHandler().getFilters().length;
    }

    @Test
    void where_there_is_a_guarded_class_it_answers() throws Exception {
        start(Bean.class);
        assertThat(server.get("/").statusCode()).isEqualTo(503);
        assertThat(server.get("/any/path?async").statusCode()).isEqualTo(503);
        assertThat(filters()).isEqualTo(1);
    }

    @Test
    void seawalls_own_interceptor_is_no_guarded_class() throws Exception {
        start(ResilientInterceptor.class);
        assertThat(server.get("/").statusCode()).isEqualTo(500);
        assertThat(filters()).isZero();
    }

    @Test
    void where_the_server_finds_no_classes_it_is_not_there_unless_it_is_asked_for() throws Exception {
        start();
        assertThat(server.get("/").statusCode()).isEqualTo(500);
    }

    @Test
    void it_is_there_for_who_asks_for_it_by_a_context_param() throws Exception {
        server.application().setInitParameter("seawall.answer-rejections", "true");
        start();
        assertThat(server.get("/").statusCode()).isEqualTo(503);
    }

    @Test
    void it_is_next_to_the_servlet_so_that_filters_which_are_declared_see_its_answer() throws Exception {
        BlockingQueue<Integer> seen = new LinkedBlockingQueue<>();
        server.filter((request, response, chain) -> {
            chain.doFilter(request, response);
            seen.add(((HttpServletResponse) response).getStatus());
        });
        start(Bean.class);
        server.get("/");
        assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo(503); // the client may be told before
    }

    @Test
    void it_is_not_there_twice_where_it_is_declared() throws Exception {
        server.resilienceFilter(Map.of("answer-rejections", "false"));
        start(Bean.class);
        assertThat(server.get("/").statusCode()).isEqualTo(500);
        assertThat(filters()).isEqualTo(1);
    }

    @Test
    void it_can_be_switched_off() throws Exception {
        server.application().setInitParameter("seawall.answer-rejections", " false ");
        start(Bean.class);
        assertThat(server.get("/").statusCode()).isEqualTo(500);
        assertThat(filters()).isZero();
    }

    @Test
    void marks_can_be_trusted_where_answers_are_switched_off() throws Exception {
        server.application().setInitParameter("seawall.answer-rejections", "false");
        server.application().setInitParameter("seawall.trust-retry-mark", "true");
        start(Bean.class);
        assertThat(server.get("/?async", "Seawall-Retry", "?0").statusCode()).isEqualTo(500);
        assertThat(off).containsExactly(true, true);
    }

    @Test
    void a_context_param_counts_for_a_declared_filter_that_does_not_say_otherwise() throws Exception {
        server.application().setInitParameter("seawall.answer-rejections", "false");
        server.application().setInitParameter("seawall.trust-retry-mark", "true");
        server.resilienceFilter(Map.of("answer-rejections", "true"));
        start(Bean.class);
        assertThat(server.get("/", "Seawall-Retry", "?0").statusCode()).isEqualTo(503);
        assertThat(off).containsExactly(true);
    }

    @Test
    void a_bad_value_stops_the_deployment() {
        server.application().setInitParameter("seawall.answer-rejections", "nope");
        assertThatThrownBy(() -> start(Bean.class))
                .hasStackTraceContaining("context-param 'seawall.answer-rejections' is 'nope': it is a switch,"
                        + " write true or false, or remove it");
    }

    @Test
    void a_bad_value_of_a_declared_filter_does_so_before_the_filter_is_initialised() {
        server.resilienceFilter(Map.of("trust-retry-mark", "yes"));
        assertThatThrownBy(() -> FilterRegistrar.register(server.application().getServletContext(), true))
                .hasMessageContaining("init-param 'trust-retry-mark' of filter 'resilience' is 'yes'");
    }
}
