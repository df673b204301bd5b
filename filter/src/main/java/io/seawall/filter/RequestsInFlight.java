package io.seawall.filter;

import io.seawall.metrics.ThreadCounts;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many requests are under way behind a filter: what a scaler goes by. One that is asynchronous is until it completes.
 * Thread-safe.
 */
final class RequestsInFlight {

    private static final int BEGUN = 0;
    private static final int ENDED = 1;

    private final ThreadCounts counts = new ThreadCounts(2);

    /** Never less than 0: of a request that is seen to have ended, the begin is seen too. */
    long now() {
        long ended = counts.sum(ENDED);
        return counts.sum(BEGUN) - ended;
    }

    void begin() {
        counts.increment(BEGUN);
    }

    /** The request is back from the servlet, which may have made it asynchronous. */
    void returned(ServletRequest request, ServletResponse response) {
        if (!request.isAsyncStarted() || !listensTo(request, response)) {
            counts.increment(ENDED);
        }
    }

    private boolean listensTo(ServletRequest request, ServletResponse response) {
        try {
            Completion completion = new Completion(response);
            completion.listenTo(request.getAsyncContext());
            return true;
        } catch (RuntimeException completed) {
            return false; // between the question and the answer; or somebody's wrapper knows no better
        }
    }

    /** As long as a listener is told of more than one end, only the first counts. */
    private final class Completion implements AsyncListener {

        private final ServletResponse response;
        private final AtomicBoolean completed = new AtomicBoolean();

        Completion(ServletResponse response) {
            this.response = response;
        }

        /** With a wrapper, for the reason that {@link Settlement} gives. */
        void listenTo(AsyncContext context) {
            context.addListener(this, context.getRequest(), new ServletResponseWrapper(response));
        }

        @Override
        public void onComplete(AsyncEvent event) {
            if (completed.compareAndSet(false, true)) {
                counts.increment(ENDED);
            }
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {
            listenTo(event.getAsyncContext());
        }
    }
}
