package io.seawall.ratelimit;

import java.time.Duration;

/**
 * A {@link Penalty} as arithmetic over four numbers of a client, in the manner of {@link Quota}: refusals are counted in a
 * window that begins with the first of them, and the ban they lead to is twice as long as the one before if that one ended less
 * than the longest ban ago.
 */
final class Bans {

    private static final int SINCE = 0;
    private static final int REFUSALS = 1;
    private static final int IN_A_ROW = 2;
    private static final int UNTIL = 3;
    static final int CELLS = 4;

    private final long refusals;
    private final long withinMicros;
    private final long firstMicros;
    private final long longestMicros;

    Bans(Penalty penalty) {
        refusals = penalty.refusals();
        withinMicros = micros(penalty.within());
        firstMicros = micros(penalty.firstBan());
        longestMicros = micros(penalty.longestBan());
    }

    private static long micros(Duration duration) {
        return duration.toMillis() * 1000;
    }

    /** Microseconds until the ban is over; 0: there is none. A clock that goes back makes none longer than the longest. */
    long bannedForMicros(long[] cells, int at, long nowMicros) {
        return cells[at + IN_A_ROW] == 0 ? 0 : Math.max(0, Math.min(longestMicros, cells[at + UNTIL] - nowMicros));
    }

    /** Counts a refusal outside of a ban. */
    void refused(long[] cells, int at, long nowMicros) {
        long elapsed = nowMicros - cells[at + SINCE];
        if (cells[at + REFUSALS] == 0 || elapsed >= withinMicros || elapsed < 0) {
            cells[at + SINCE] = nowMicros;
            cells[at + REFUSALS] = 0;
        }
        cells[at + REFUSALS]++;
        if (cells[at + REFUSALS] < refusals) {
            return;
        }
        boolean again = cells[at + IN_A_ROW] > 0 && nowMicros - cells[at + UNTIL] < longestMicros;
        cells[at + IN_A_ROW] = again ? cells[at + IN_A_ROW] + 1 : 1;
        cells[at + UNTIL] = nowMicros + banMicros(cells[at + IN_A_ROW]);
        cells[at + REFUSALS] = 0;
    }

    /** Microseconds until nothing of this client matters any more. */
    long forgottenAfterMicros(long[] cells, int at, long nowMicros) {
        long counting = cells[at + REFUSALS] == 0 ? 0 : cells[at + SINCE] + withinMicros - nowMicros;
        long growing = cells[at + IN_A_ROW] == 0 ? 0 : cells[at + UNTIL] + longestMicros - nowMicros;
        return Math.max(0, Math.max(counting, growing));
    }

    private long banMicros(long inARow) {
        long ban = firstMicros;
        for (long i = 1; i < inARow && ban < longestMicros; i++) {
            ban *= 2;
        }
        return Math.min(ban, longestMicros);
    }
}
