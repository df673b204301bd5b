package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.filter.admin.RequestDescription;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.Proxy;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.junit.jupiter.api.Test;

/** What else is counted of requests under way, {@link FilterMetricsTest} has on a server. */
class RequestsInFlightTest {

    private final RequestsInFlight inFlight = new RequestsInFlight();

    /** An application may have wrapped the request in a class that forgets half of what it is for. */
    @Test
    void a_request_that_does_not_tell_of_its_end_is_not_under_way_for_ever() {
        HttpServletRequestWrapper odd =
                new HttpServletRequestWrapper(RequestDescription.of("GET", "/", "192.0.2.1")
                        .asRequest(new ServletContextHandler().getServletContext())) {
                    @Override
                    public boolean isAsyncStarted() {
                        return true;
                    }

                    @Override
                    public AsyncContext getAsyncContext() {
                        throw new UnsupportedOperationException("never heard of it");
                    }
                };
        ServletResponse response = (ServletResponse) Proxy.newProxyInstance(
                ServletResponse.class.getClassLoader(), new Class<?>[] {ServletResponse.class}, (a, b, c) -> null);
        inFlight.begin();
        assertThat(inFlight.now()).isEqualTo(1);
        inFlight.returned(odd, response);
        assertThat(inFlight.now()).isZero();
    }
}
