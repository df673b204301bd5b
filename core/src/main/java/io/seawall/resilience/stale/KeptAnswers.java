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
    private final StaleCounts counts;

    KeptAnswers(Duration maxAge, LastAnswers answers, LongSupplier nanoTime, StaleCounts counts) {
        this.maxAgeNanos = maxAge.toNanos();
        this.answers = answers;
        this.nanoTime = nanoTime;
        this.counts = counts;
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

    /** What is given in place of what the call comes to. */
    @Nullable
    Object give(Answer last) {
        counts.onGiven();
        return last.value();
    }

    /** What is given in place of a call. */
    @Nullable
    Object giveAtOnce(Answer last) {
        counts.onGivenAtOnce();
        return last.value();
    }

    /** Whether an answer may be given in place of a failure. */
    static boolean mayStandInFor(Throwable failure) {
        return !Failures.isFinal(failure) && !Failures.isCallersFault(failure);
    }
}
