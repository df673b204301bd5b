package io.seawall.resilience.retry;

import io.seawall.resilience.Failures;
import org.jspecify.annotations.Nullable;

/**
 * The mark on a failure that a layer has given up on: never thrown, but suppressed below the failure. Layers further out see
 * it and do not retry what has been retried, and who reads the stack trace sees how often that was. It travels with the
 * failure, through wrappers and from thread to thread.
 *
 * <p>A failure that takes no suppressed exceptions stays without; layers further out may then retry it, within their budgets.
 * An exception that is a constant keeps the mark of the layer that was first, which itself does not mind.
 */
final class RetriesExhaustedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** How many causes are looked at: a chain of causes may be a ring. */
    private static final int DEEPEST = 16;

    private final transient Object layer;

    private RetriesExhaustedException(String message, Object layer) {
        super(message, null, false, false);
        this.layer = layer;
    }

    /**
     * Marks a failure, unless it is marked. On the innermost of its wrappers: whoever takes it out of them keeps the mark.
     *
     * @param failure what a layer has given up on
     * @param target whom the call was for
     * @param attempts how many there were
     * @param layer who has given up
     */
    static void mark(Throwable failure, String target, int attempts, Object layer) {
        if (find(failure) == null) {
            Failures.unwrapped(failure)
                    .addSuppressed(new RetriesExhaustedException(
                            "gave up on '" + target + "' after "
                                    + (attempts == 1 ? "1 attempt" : attempts + " attempts"),
                            layer));
        }
    }

    /** Whether another layer than this has given up on a failure, or on a cause of it. */
    static boolean isMarked(Throwable failure, Object layer) {
        RetriesExhaustedException mark = find(failure);
        return mark != null && mark.layer != layer;
    }

    private static @Nullable RetriesExhaustedException find(Throwable failure) {
        @Nullable Throwable current = failure;
        for (int depth = 0; current != null && depth < DEEPEST; depth++) {
            for (Throwable suppressed : current.getSuppressed()) {
                if (suppressed instanceof RetriesExhaustedException mark) {
                    return mark;
                }
            }
            current = current.getCause();
        }
        return null;
    }

    /** Whoever reads it in another JVM need not have this class. */
    private Object writeReplace() {
        Exception plain = new Exception(getMessage());
        plain.setStackTrace(new StackTraceElement[0]);
        return plain;
    }
}
