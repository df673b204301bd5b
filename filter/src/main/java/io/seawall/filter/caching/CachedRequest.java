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
import org.jspecify.annotations.Nullable;

/** A request whose answer is seen to also when it is asynchronous or forwarded, which would else go by the container's own response. */
final class CachedRequest extends HttpServletRequestWrapper {

    private final CachedAnswer answer;

    CachedRequest(HttpServletRequest request, HttpServletResponse response, CachingSettings settings) {
        super(request);
        answer = new CachedAnswer(this, response, settings, request.getDispatcherType());
    }

    CachedAnswer answer() {
        return answer;
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
