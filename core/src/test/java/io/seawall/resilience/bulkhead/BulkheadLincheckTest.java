package io.seawall.resilience.bulkhead;

import io.seawall.resilience.bulkhead.Bulkhead.Turn;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * However calls meet that take a permit, line up, lose patience and give back, the bulkhead answers as if one had come after the
 * other; and no permit is lost or made. Each thread gives back only what it has.
 */
@Param(name = "thread", gen = ThreadIdGen.class)
public class BulkheadLincheckTest {

    private static final int MAX = 1;
    private static final int THREADS = 3;

    /** Lincheck numbers those too that come before and after. */
    private static final int NUMBERS = THREADS + 2;

    /** A call in the queue. Told of its turn by another thread, and asked only after {@link Bulkhead#leave} said that it is. */
    private static final class InLine implements Waiter {

        @Override
        public void queued() {
            // nothing but its own thread ends its wait
        }

        @Override
        public boolean granted() {
            return true;
        }
    }

    private final Bulkhead bulkhead = new Bulkhead("payments", new BulkheadPolicy(MAX, Duration.ofSeconds(1)));

    /** Each thread reads and writes its own place. */
    private final int[] held = new int[NUMBERS];

    private final @Nullable InLine[] inLine = new InLine[NUMBERS];

    /**
     * Takes a permit at once or not at all.
     *
     * @param thread who
     * @return whether there was one
     */
    @Operation
    public boolean tryTake(@Param(name = "thread") int thread) {
        boolean taken = bulkhead.tryTake();
        held[thread] += taken ? 1 : 0;
        return taken;
    }

    /**
     * Takes a permit or lines up for one, if the thread is not in the line already.
     *
     * @param thread who
     * @return what became of it
     */
    @Operation
    public String queue(@Param(name = "thread") int thread) {
        if (inLine[thread] != null) {
            return "waits already";
        }
        InLine waiter = new InLine();
        Turn turn = bulkhead.queue(waiter);
        held[thread] += turn == Turn.TAKEN ? 1 : 0;
        inLine[thread] = turn == Turn.QUEUED ? waiter : null;
        return turn.toString();
    }

    /**
     * Loses patience.
     *
     * @param thread who
     * @return whether it was still in the line; if not, it has a permit
     */
    @Operation
    public boolean leave(@Param(name = "thread") int thread) {
        InLine waiter = inLine[thread];
        if (waiter == null) {
            return false;
        }
        inLine[thread] = null;
        boolean left = bulkhead.leave(waiter);
        held[thread] += left ? 0 : 1;
        return left;
    }

    /**
     * Gives a permit back.
     *
     * @param thread who
     */
    @Operation
    public void release(@Param(name = "thread") int thread) {
        if (held[thread] > 0) {
            held[thread]--;
            bulkhead.release();
        }
    }

    /** When all is over. */
    @Validate
    public void everyPermitIsSomebodys() {
        int permits = bulkhead.inUse();
        int waiting = bulkhead.waiting();
        if (permits > MAX || (waiting > 0 && permits < MAX)) {
            throw new IllegalStateException(permits + " permits are taken, and " + waiting + " wait");
        }
    }

    /** The same, one after the other. */
    public static class OneAfterTheOther {

        private final int[] held = new int[NUMBERS];
        private final boolean[] inLine = new boolean[NUMBERS];
        private final Queue<Integer> queue = new ArrayDeque<>();
        private int permits;

        public boolean tryTake(int thread) {
            boolean taken = queue.isEmpty() && permits < MAX;
            if (taken) {
                permits++;
                held[thread]++;
            }
            return taken;
        }

        public String queue(int thread) {
            if (inLine[thread]) {
                return "waits already";
            }
            if (tryTake(thread)) {
                return Turn.TAKEN.toString();
            }
            if (queue.size() >= MAX) {
                return Turn.REFUSED.toString();
            }
            inLine[thread] = true;
            queue.add(thread);
            return Turn.QUEUED.toString();
        }

        public boolean leave(int thread) {
            if (!inLine[thread]) {
                return false;
            }
            inLine[thread] = false;
            boolean left = queue.remove(thread);
            held[thread] += left ? 0 : 1;
            return left;
        }

        public void release(int thread) {
            if (held[thread] > 0) {
                held[thread]--;
                permits--;
                if (!queue.isEmpty()) {
                    queue.remove();
                    permits++;
                }
            }
        }
    }

    @Test
    void every_way_in_which_threads_can_meet_is_as_if_they_had_not() {
        new ModelCheckingOptions()
                .actorsBefore(0)
                .actorsAfter(0)
                .threads(2)
                .actorsPerThread(4)
                .iterations(20)
                .invocationsPerIteration(300)
                .sequentialSpecification(OneAfterTheOther.class)
                .check(BulkheadLincheckTest.class);
    }

    @Test
    void threads_that_do_meet_are_as_if_they_had_not() {
        new StressOptions()
                .actorsBefore(0)
                .actorsAfter(0)
                .threads(THREADS)
                .actorsPerThread(3)
                .iterations(10)
                .invocationsPerIteration(300)
                .sequentialSpecification(OneAfterTheOther.class)
                .check(BulkheadLincheckTest.class);
    }
}
