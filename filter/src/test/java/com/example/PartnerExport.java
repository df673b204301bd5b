package com.example;

import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import java.time.Duration;

/** Calls a partner that allows so many calls and no more. */
public final class PartnerExport {

    private final BoundLimits calls;

    public PartnerExport(BoundLimits calls) {
        this.calls = calls;
    }

    /** Waits for its turn, as long as there is one, and then calls. */
    public void export(String partner, int rows, Runnable call) throws InterruptedException {
        Decision decision = calls.decide(partner, rows);
        while (decision instanceof Decision.Denied denied) {
            if (denied.retryAfterMicros() == Decision.Denied.NEVER) {
                throw new IllegalArgumentException(rows + " rows at once are more than " + partner + " ever takes");
            }
            Duration wait = denied.retryAfter();
            Thread.sleep(wait.toMillis() + 1);
            decision = calls.decide(partner, rows);
        }
        call.run();
    }
}
