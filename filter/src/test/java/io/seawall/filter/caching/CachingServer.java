package io.seawall.filter.caching;

import io.seawall.filter.TestServer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.FilterHolder;

/** A server with the filter before what an application answers. */
final class CachingServer implements AutoCloseable {

    private final TestServer server = new TestServer();

    /** What the application does. */
    @FunctionalInterface
    interface Body {
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
    }

    private static final class Answering extends HttpServlet {

        private static final long serialVersionUID = 1L;

        private final transient Body body;

        Answering(Body body) {
            this.body = body;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            body.answer(request, response);
        }
    }

    /** One whose only page says what is to be said. */
    static CachingServer answering(Map<String, String> initParams, Body body) throws Exception {
        CachingServer caching =
                new CachingServer().filter("CacheHeadersFilter", initParams).servlet("/*", body);
        caching.start();
        return caching;
    }

    static CachingServer answering(Body body) throws Exception {
        return answering(Map.of(), body);
    }

    CachingServer filter(String name, Map<String, String> initParams, DispatcherType... more) {
        FilterHolder holder = new FilterHolder(CacheHeadersFilter.class);
        holder.setName(name);
        holder.setAsyncSupported(true);
        holder.setInitParameters(initParams);
        server.application().addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST, more));
        return this;
    }

    CachingServer servlet(String path, Body body) {
        server.servlet(path, new Answering(body));
        return this;
    }

    TestServer server() {
        return server;
    }

    Answer get(String... headers) {
        return get("/", headers);
    }

    Answer get(String path, String[] headers) {
        return new Answer(server.get(path, headers));
    }

    Answer send(String method, String... headers) {
        return new Answer(server.send(method, "/", headers));
    }

    CachingServer start() throws Exception {
        server.start();
        return this;
    }

    @Override
    public void close() {
        server.close();
    }
}
