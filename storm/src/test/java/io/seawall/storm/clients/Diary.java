package io.seawall.storm.clients;

import java.util.ArrayList;
import java.util.List;

/** Writes down what clients do. */
final class Diary implements ClientCounts {

    /** A question that has its end. */
    record End(long bornNanos, Answer answer, long endNanos) {}

    final List<Long> offered = new ArrayList<>();
    final List<End> ends = new ArrayList<>();
    int sent;
    long lateNanos;

    @Override
    public void offered(long bornNanos, long askedNanos) {
        offered.add(bornNanos);
        lateNanos = Math.max(lateNanos, askedNanos - bornNanos);
    }

    @Override
    public void sent() {
        sent++;
    }

    @Override
    public void ended(long bornNanos, Answer answer, long endNanos) {
        ends.add(new End(bornNanos, answer, endNanos));
    }
}
