package io.seawall.interceptors.servlet;

import io.seawall.resilience.RejectedException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A refusal, with names that no client may see. */
final class Refused extends RejectedException {

    private static final long serialVersionUID = 1L;

    Refused(@Nullable Duration retryAfter) {
        super("payments", "circuit-open", false, retryAfter, new IllegalStateException("ledger"));
    }

    @Override
    protected String words() {
        return "circuit 'payments' is open";
    }
}
