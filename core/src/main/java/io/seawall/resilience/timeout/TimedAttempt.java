package io.seawall.resilience.timeout;

import io.seawall.resilience.timer.Alarm;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The one-shot race between a call that ends and a timer that fires. Whoever moves first from {@code RUNNING} has won.
 *
 * <p>A timer that has won interrupts the caller; the caller waits until the interrupt has arrived and clears it. So no
 * interrupt of ours comes late, to hit whatever the thread does next. One of somebody else that came before ours, and that the call
 * has not answered, stays.
 */
final class TimedAttempt extends Alarm {

    // Numbers in a field of its own, and no AtomicReference: it is made for every call with a limit.
    private static final int RUNNING = 0;
    private static final int ENDED = 1;
    private static final int INTERRUPTING = 2;
    private static final int INTERRUPTED = 3;

    private static final VarHandle PHASE = phase();

    /** The caller waits for as long as an interrupt takes, which is short, unless it closes what the caller waits for. */
    private static final int SPINS = 100;

    private final Thread caller = Thread.currentThread();
    private volatile int phase = RUNNING;

    /** Whether somebody else's interrupt was there when ours came; handed over by the phase. */
    private boolean interruptedBefore;

    private static VarHandle phase() {
        try {
            return MethodHandles.lookup().findVarHandle(TimedAttempt.class, "phase", int.class);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError("TimedAttempt.phase", impossible);
        }
    }

    /** On the timer's thread: the time is over. */
    @Override
    protected void ring() {
        if (PHASE.compareAndSet(this, RUNNING, INTERRUPTING)) {
            try {
                interruptedBefore = caller.isInterrupted();
                caller.interrupt();
            } finally {
                // interrupt() closes the channel that the caller waits for, which may throw; the caller waits for this
                // line
                phase = INTERRUPTED;
            }
        }
    }

    /**
     * On the caller's thread: the call is over.
     *
     * @return true if the time was over before
     */
    @SuppressWarnings(
            "ThreadPriorityCheck") // It does not rely on the yield, which is for where there is one processor.
    boolean end() {
        if (PHASE.compareAndSet(this, RUNNING, ENDED)) {
            return false;
        }
        for (int spins = 0; phase != INTERRUPTED; spins++) {
            // between the two lines of ring()
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
        if (Thread.interrupted() && interruptedBefore) {
            caller.interrupt(); // somebody else's, and still unanswered
        }
        return true;
    }
}
