package io.seawall.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

/** A quota and what one client has used of it: numbers in the middle of others, which nobody may touch. */
final class Used {

    private static final int AT = 3;
    private static final long GUARD = 0x5ea_3a11;

    final Quota quota;
    private final long[] cells;

    Used(Quota quota) {
        this.quota = quota;
        this.cells = new long[AT + quota.cells() + AT];
        for (int i = 0; i < AT; i++) {
            cells[i] = GUARD;
            cells[cells.length - 1 - i] = GUARD;
        }
    }

    private Used(Quota quota, long[] cells) {
        this.quota = quota;
        this.cells = cells;
    }

    Used copy() {
        return new Used(quota, cells.clone());
    }

    /** The same use under a limit that was changed. */
    Used under(Quota changed) {
        return new Used(changed, cells.clone());
    }

    long retryAfterMicros(long nowMicros, long cost) {
        return guarded(quota.retryAfterMicros(cells, AT, nowMicros, cost));
    }

    long take(long nowMicros, long cost) {
        return guarded(quota.take(cells, AT, nowMicros, cost));
    }

    void charge(long nowMicros, long cost) {
        assertThat(take(nowMicros, cost)).as("to take %d that are free", cost).isZero();
    }

    void refund(long nowMicros, long cost, long chargedMicros) {
        quota.refund(cells, AT, nowMicros, cost, chargedMicros);
        guarded(0);
    }

    long remaining(long nowMicros) {
        return guarded(quota.remaining(cells, AT, nowMicros));
    }

    long resetAfterMicros(long nowMicros) {
        return guarded(quota.resetAfterMicros(cells, AT, nowMicros));
    }

    private long guarded(long answer) {
        for (int i = 0; i < AT; i++) {
            assertThat(cells[i]).isEqualTo(GUARD);
            assertThat(cells[cells.length - 1 - i]).isEqualTo(GUARD);
        }
        return answer;
    }
}
