package io.seawall.alone;

import io.seawall.interceptors.Resilient;
import io.seawall.interceptors.Retry;
import jakarta.enterprise.context.ApplicationScoped;

/** Answers when it is asked for the third time. */
@ApplicationScoped
public class Unsteady {

    private int calls;

    @Resilient(retry = @Retry(maxRetries = 2, backoff = "1ms"))
    public String answer() {
        calls++;
        if (calls < 3) {
            throw new IllegalStateException("not yet");
        }
        return "answered call " + calls;
    }
}
