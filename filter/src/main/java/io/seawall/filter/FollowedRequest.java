package io.seawall.filter;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Collection;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request whose end somebody waits for: it says when it becomes asynchronous, and whether reading it has failed, which no
 * status tells. Otherwise it is the request that it has in it.
 */
final class FollowedRequest extends HttpServletRequestWrapper {

    /** Who waits. */
    interface Follower {

        /** From this moment on, another thread may complete the request. */
        void asynchronous(AsyncContext context);

        /** Something of the request is malformed, too long, or has not come. */
        void unreadable();
    }

    private interface Reading<T, X extends Exception> {
        T read() throws X;
    }

    private final Follower follower;
    private @Nullable ServletInputStream input;
    private @Nullable BufferedReader reader;

    FollowedRequest(HttpServletRequest request, Follower follower) {
        super(request);
        this.follower = follower;
    }

    private <T, X extends Exception> T followed(Reading<T, X> reading) throws X {
        try {
            return reading.read();
        } catch (Exception e) {
            follower.unreadable();
            throw e;
        }
    }

    @Override
    public AsyncContext startAsync() {
        AsyncContext context = super.startAsync();
        follower.asynchronous(context);
        return context;
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        AsyncContext context = super.startAsync(request, response);
        follower.asynchronous(context);
        return context;
    }

    @Override
    public String getParameter(String name) {
        return followed(() -> super.getParameter(name));
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return followed(super::getParameterMap);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return followed(super::getParameterNames);
    }

    @Override
    public String[] getParameterValues(String name) {
        return followed(() -> super.getParameterValues(name));
    }

    @Override
    public long getDateHeader(String name) {
        return followed(() -> super.getDateHeader(name));
    }

    @Override
    public int getIntHeader(String name) {
        return followed(() -> super.getIntHeader(name));
    }

    @Override
    public Collection<Part> getParts() throws IOException, ServletException {
        try {
            return super.getParts();
        } catch (IOException | ServletException | RuntimeException e) {
            follower.unreadable();
            throw e;
        }
    }

    @Override
    public Part getPart(String name) throws IOException, ServletException {
        try {
            return super.getPart(name);
        } catch (IOException | ServletException | RuntimeException e) {
            follower.unreadable();
            throw e;
        }
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        ServletInputStream own = followed(super::getInputStream);
        if (input == null) {
            input = new FollowedInput(own, follower);
        }
        return input;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        BufferedReader own = followed(super::getReader);
        if (reader == null) {
            reader = new FollowedReader(own, follower);
        }
        return reader;
    }
}
