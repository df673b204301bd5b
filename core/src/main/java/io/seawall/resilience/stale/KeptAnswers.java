package io.seawall.resilience.stale;

import io.seawall.resilience.Failures;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What has been kept of earlier calls, as far as it may still be given. Thread-safe. */
final class KeptAnswers {

    private final long maxAgeNanos;
    private final LastAnswers answers;
    private final LongSupplier nanoTime;

    KeptAnswers(Duration maxAge, LastAnswers answers, LongSupplier nanoTime) {
        this.maxAgeNanos = maxAge.toNanos();
        this.answers = answers;
        this.nanoTime = nanoTime;
    }

    void keep(Object asked, @Nullable Object value) {
        answers.keep(asked, new Answer(value, nanoTime.getAsLong()));
    }

    /** The answers may be kept by somebody who forgets late: their age is seen to here. */
    @Nullable
    Answer youngEnough(Object asked) {
        Answer last = answers.find(asked);
        return last != null && nanoTime.getAsLong() - last.keptAtNanos() <= maxAgeNanos ? last : null;
    }

    /** Whether an answer may be given in place of a failure. */
    static boolean mayStandInFor(Throwable failure) {
        return !Failures.isFinal(failure) && !Failures.isCallersFault(failure);
    }
}
