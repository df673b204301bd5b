package io.seawall.resilience.storm;

import java.time.Duration;
import java.util.function.Consumer;

/** The loop that everybody writes first: up to three more attempts, each as soon as the last one has failed. */
final class ArticleRetries implements Node {

    private static final int RETRIES = 3;

    private final VirtualTime time;
    private final Duration timeout;
    private final Backend backend;

    ArticleRetries(VirtualTime time, Duration timeout, Backend backend) {
        this.time = time;
        this.timeout = timeout;
        this.backend = backend;
    }

    @Override
    public void call(Consumer<Boolean> result) {
        new Call(result).attempt();
    }

    private final class Call {

        private final Consumer<Boolean> result;
        private int attempts;

        Call(Consumer<Boolean> result) {
            this.result = result;
        }

        void attempt() {
            attempts++;
            int attempt = attempts;
            time.after(timeout.toNanos(), () -> ended(attempt, false));
            backend.ask(answered -> ended(attempt, answered));
        }

        /** Of answer and timeout, the second is the one that nobody waits for. */
        private void ended(int attempt, boolean answered) {
            if (attempt != attempts) {
                return;
            }
            if (answered || attempt > RETRIES) {
                attempts++;
                result.accept(answered);
            } else {
                attempt();
            }
        }
    }
}
