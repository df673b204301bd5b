package io.seawall.resilience.timeout;

import io.seawall.resilience.timer.Alarm;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The one-shot race between a call that ends and a timer that fires. Whoever moves first from {@code RUNNING} has won.
 *
 * <p>A timer that has won interrupts the caller; the caller waits until the interrupt has arrived and clears it. So no
 * interrupt of ours comes late, to hit whatever the thread does next.
 */
final class TimedAttempt extends Alarm {

    private enum Phase {
        RUNNING,
        ENDED,
        INTERRUPTING,
        INTERRUPTED
    }

    private final Thread caller = Thread.currentThread();
    private final boolean interruptedBefore = caller.isInterrupted();
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.RUNNING);

    /** On the timer's thread: the time is over. */
    @Override
    protected void ring() {
        if (phase.compareAndSet(Phase.RUNNING, Phase.INTERRUPTING)) {
            try {
                caller.interrupt();
            } finally {
                // interrupt() closes the channel that the caller waits for, which may throw; the caller waits for this
                // line
                phase.set(Phase.INTERRUPTED);
            }
        }
    }

    /**
     * On the caller's thread: the call is over.
     *
     * @return true if the time was over before
     */
    boolean end() {
        if (phase.compareAndSet(Phase.RUNNING, Phase.ENDED)) {
            return false;
        }
        while (phase.get() != Phase.INTERRUPTED) {
            Thread.onSpinWait(); // between the two lines of ring()
        }
        if (Thread.interrupted() && interruptedBefore) {
            caller.interrupt(); // somebody else's, and still unanswered
        }
        return true;
    }
}
