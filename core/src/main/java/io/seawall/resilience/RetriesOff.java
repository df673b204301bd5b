package io.seawall.resilience;

import org.jspecify.annotations.Nullable;

/**
 * A time on one thread in which no call is retried, because whoever asked for the work retries it himself: a caller across the
 * network that says so, a broker that delivers a message again. Breakers, limits of time and fallbacks work as ever; the first
 * failure goes out as it is.
 *
 * <pre>{@code
 * RetriesOff off = RetriesOff.begin();
 * try {
 *     handle(message);
 * } finally {
 *     off.end();
 * }
 * }</pre>
 *
 * <p>Such times may lie in one another. Work that is handed to other threads does not know of it; a call whose result comes later
 * is judged by the thread that has begun it.
 */
public final class RetriesOff {

    /**
     * The one value that is ever kept with a thread: how else would it come through the code of an application? Of the JDK, and
     * gone with the end of the time, so that nothing here holds on to an application.
     */
    private static final ThreadLocal<@Nullable Boolean> OFF = new ThreadLocal<>();

    private static final RetriesOff OUTERMOST = new RetriesOff();
    private static final RetriesOff WITHIN_ANOTHER = new RetriesOff();

    private RetriesOff() {}

    /**
     * Switches retrying off for the calling thread.
     *
     * @return what ends it; to be ended on the same thread, whatever happens
     */
    public static RetriesOff begin() {
        if (OFF.get() != null) {
            return WITHIN_ANOTHER;
        }
        OFF.set(Boolean.TRUE);
        return OUTERMOST;
    }

    /** Ends it: retrying is for the calling thread what it was before. */
    public void end() {
        if (this == OUTERMOST) {
            OFF.remove();
        }
    }

    /**
     * Whether retrying is off for the calling thread.
     *
     * @return true between {@link #begin} and {@link #end}
     */
    public static boolean here() {
        boolean off = OFF.get() != null;
        if (!off) {
            OFF.remove(); // asking leaves an entry behind, though an empty one
        }
        return off;
    }
}
