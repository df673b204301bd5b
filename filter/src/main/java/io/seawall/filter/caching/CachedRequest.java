package io.seawall.filter.caching;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request whose answer is seen to also when it is asynchronous or forwarded, which would else go by the container's own response. */
final class CachedRequest extends HttpServletRequestWrapper {

    private static final String DATE = "If-Modified-Since";

    private final CachedAnswer answer;

    private final boolean hasBetterThanDate;

    CachedRequest(HttpServletRequest request, HttpServletResponse response, CachingSettings settings) {
        super(request);
        hasBetterThanDate = settings.etag() != TagStyle.NONE && request.getHeader("If-None-Match") != null;
        answer = new CachedAnswer(this, response, settings, request.getDispatcherType());
    }

    CachedAnswer answer() {
        return answer;
    }

    /**
     * {@code HttpServlet} answers 304 by the date alone, also if the name of the answer, which only we know, is another by now:
     * where there is a name, the date must be ignored (RFC 9110, 13.1.3).
     */
    private boolean isHidden(String field) {
        return hasBetterThanDate && DATE.equalsIgnoreCase(field);
    }

    @Override
    public @Nullable String getHeader(String name) {
        return isHidden(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return isHidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        Enumeration<String> names = super.getHeaderNames();
        if (!hasBetterThanDate || names == null) {
            return names;
        }
        List<String> shown = Collections.list(names);
        shown.removeIf(DATE::equalsIgnoreCase);
        return Collections.enumeration(shown);
    }

    @Override
    public long getDateHeader(String name) {
        return isHidden(name) ? -1 : super.getDateHeader(name);
    }

    @Override
    public @Nullable RequestDispatcher getRequestDispatcher(String path) {
        RequestDispatcher dispatcher = super.getRequestDispatcher(path);
        // For its asynchronous dispatches GlassFish asks us, and wants one of its own.
        return dispatcher == null || !answer.isHolding() ? dispatcher : new Dispatcher(dispatcher, answer);
    }

    @Override
    public @Nullable HttpSession getSession(boolean create) {
        HttpSession session = super.getSession(create);
        if (create) {
            answer.personal();
        }
        return session;
    }

    @Override
    public HttpSession getSession() {
        HttpSession session = super.getSession();
        answer.personal();
        return session;
    }

    @Override
    public void login(String user, String password) throws ServletException {
        super.login(user, password);
        answer.personal();
    }

    @Override
    public boolean authenticate(HttpServletResponse response) throws IOException, ServletException {
        boolean known = super.authenticate(response);
        answer.personal();
        return known;
    }

    @Override
    public AsyncContext startAsync() {
        return followed(super.startAsync(this, answer));
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        return followed(super.startAsync(request, response));
    }

    private AsyncContext followed(AsyncContext context) {
        answer.asynchronous();
        context.addListener(new Errors(answer));
        return context;
    }

    /** Jetty empties its own buffer before it forwards, and does not tell us to empty ours. */
    private record Dispatcher(RequestDispatcher dispatcher, CachedAnswer answer) implements RequestDispatcher {

        @Override
        public void forward(ServletRequest request, ServletResponse response) throws ServletException, IOException {
            answer.forwarded();
            dispatcher.forward(request, response);
        }

        @Override
        public void include(ServletRequest request, ServletResponse response) throws ServletException, IOException {
            dispatcher.include(request, response);
        }
    }

    /** Their page comes from the container, past us. */
    private record Errors(CachedAnswer answer) implements AsyncListener {

        @Override
        public void onTimeout(AsyncEvent event) {
            answer.abandon();
        }

        @Override
        public void onError(AsyncEvent event) {
            answer.abandon();
        }

        @Override
        public void onStartAsync(AsyncEvent event) throws IOException {
            event.getAsyncContext().addListener(this);
        }

        @Override
        public void onComplete(AsyncEvent event) {}
    }
}
