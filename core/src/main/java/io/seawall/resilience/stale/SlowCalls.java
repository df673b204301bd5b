package io.seawall.resilience.stale;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The calls that go on beyond their soft deadline: one for each question, and few in all. So a target that hangs is not asked
 * the same again and again, nor does it hold more and more threads. Thread-safe.
 */
final class SlowCalls {

    /** Of one pipeline: a quarter of the threads that there are outside of a server. */
    static final int MAX = 16;

    private final ConcurrentMap<Object, Object> byQuestion = new ConcurrentHashMap<>();

    /** Whether somebody with an old answer has it at once, without another call. */
    boolean isAnsweredAtOnce(Object asked) {
        return !byQuestion.isEmpty() && (byQuestion.containsKey(asked) || byQuestion.size() >= MAX);
    }

    /** A call goes on; of several with one question the first is enough. */
    void add(Object asked, Object call) {
        byQuestion.putIfAbsent(asked, call);
    }

    /** A call has ended. Does nothing for one that was never slow. */
    void end(Object asked, Object call) {
        byQuestion.remove(asked, call);
    }
}
