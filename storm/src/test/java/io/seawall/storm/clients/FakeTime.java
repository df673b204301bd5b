package io.seawall.storm.clients;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that is moved by hand, from 0; what is due runs in the order of its time. */
final class FakeTime implements Time {

    private record Task(long nanos, long order, Runnable work) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::nanos).thenComparingLong(Task::order));
    private long nanos;
    private long order;

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public void at(long due, Runnable task) {
        tasks.add(new Task(due, order++, task));
    }

    void moveTo(long until) {
        while (!tasks.isEmpty() && tasks.peek().nanos() <= until) {
            Task next = tasks.remove();
            nanos = Math.max(nanos, next.nanos());
            next.work().run();
        }
        nanos = until;
    }

    /** The machine stands still: nothing runs until somebody looks again. */
    void freezeUntil(long until) {
        nanos = until;
    }
}
