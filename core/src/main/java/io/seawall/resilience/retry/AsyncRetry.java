package io.seawall.resilience.retry;

import io.seawall.resilience.AsyncStrategy;
import io.seawall.resilience.CallMemory;
import io.seawall.resilience.Deadline;
import io.seawall.resilience.LaterResult;
import io.seawall.resilience.timer.Alarm;
import io.seawall.resilience.timer.Timer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One call whose result comes later, with its retries. The first attempt is made on the caller's thread; every other one waits
 * in the timer, which holds no thread, and is made by the executor. One attempt comes after the other, so nothing here is
 * written by two threads at once, and whatever hands the call on hands on what was written.
 *
 * @param <C> what is called
 */
final class AsyncRetry<C> {

    private final RetryRules rules;
    private final Timer timer;
    private final Executor executor;
    private final CallMemory<? super C> memory;
    private final AsyncStrategy<C> inner;
    private final C call;
    private final Deadline deadline;
    private final @Nullable Object saved;
    private final boolean allowed;
    private final LaterResult<@Nullable Object> answer = new LaterResult<>();
    private @Nullable Retries retries;

    /** What is allowed, and what the call was like, is asked on the caller's thread: others may not know. */
    AsyncRetry(
            RetryRules rules,
            RetrySurroundings surroundings,
            CallMemory<? super C> memory,
            AsyncStrategy<C> inner,
            C call,
            Deadline deadline,
            boolean allowed) {
        this.rules = rules;
        this.timer = surroundings.timer();
        this.executor = surroundings.executor();
        this.memory = memory;
        this.inner = inner;
        this.call = call;
        this.deadline = deadline;
        this.saved = memory.save(call);
        this.allowed = allowed;
    }

    /** Makes the first attempt. Whoever cancels the answer ends the retries. */
    CompletionStage<@Nullable Object> start() {
        attempt();
        return answer;
    }

    private void attempt() {
        CompletionStage<@Nullable Object> stage;
        try {
            stage = inner.start(call, deadline);
        } catch (Throwable broken) {
            answer.completeExceptionally(broken);
            return;
        }
        // Not whenComplete: where the attempt fails, its stage would too, in a wrapper whose trace takes longer than a
        // refusal.
        var unused = stage.handle(this::ended);
    }

    /** Whatever goes wrong in here must end the call: nobody else would. */
    private @Nullable Void ended(@Nullable Object result, @Nullable Throwable failure) {
        try {
            if (answer.isDone()) {
                return null;
            }
            if (failure == null && !rules.retriesResult(result)) {
                answer.complete(result);
                return null;
            }
            if (retries == null) {
                retries = new Retries(rules, deadline, () -> allowed);
            }
            long waitNanos = failure == null ? retries.waitAfterResult() : retries.waitAfterFailure(failure);
            if (waitNanos == Retries.NONE) {
                end(result, failure);
            } else {
                pause(new Pause(retries, result, failure), waitNanos);
            }
        } catch (Throwable broken) {
            answer.completeExceptionally(broken);
        }
        return null;
    }

    private void pause(Pause pause, long nanos) {
        timer.set(pause, Math.max(1, nanos));
        // The timer would keep a call that nobody waits for. One that was ended before is told at once.
        var unused = answer.handle((result, failure) -> {
            timer.unset(pause);
            return null;
        });
    }

    private void end(@Nullable Object result, @Nullable Throwable failure) {
        if (failure == null) {
            answer.complete(result);
        } else {
            answer.completeExceptionally(failure);
        }
    }

    /** The wait for the next attempt, with how the last one ended: which is the answer if there is no other. */
    private final class Pause extends Alarm {

        private final Retries retries;
        private final @Nullable Object result;
        private final @Nullable Throwable failure;

        Pause(Retries retries, @Nullable Object result, @Nullable Throwable failure) {
            this.retries = retries;
            this.result = result;
            this.failure = failure;
        }

        @Override
        protected void ring() {
            try {
                executor.execute(this::over);
            } catch (Throwable noThread) { // closed, or the machine has none left
                end(result, failure);
            }
        }

        private void over() {
            try {
                if (answer.isDone()) {
                    return;
                }
                if (!retries.goesOn()) {
                    end(result, failure);
                    return;
                }
                memory.restore(call, saved);
            } catch (Throwable broken) {
                answer.completeExceptionally(broken);
                return;
            }
            attempt();
        }
    }
}
