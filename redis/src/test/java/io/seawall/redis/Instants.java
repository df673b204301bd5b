package io.seawall.redis;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * When permits were granted, by one clock, and the judge of a sliding window over them. It knows neither slices nor stores: it looks at
 * every window that begins with a permit, and of all windows one of these is the fullest. One pass.
 */
final class Instants {

    private final long[] sortedMicros;

    /**
     * Those of all nodes.
     *
     * @param micros in any order; one for each permit
     */
    Instants(Collection<Long> micros) {
        sortedMicros = micros.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    /** The most in any window [t, t + window): a permit that is granted again exactly a window later is in the next one. */
    int mostInAny(Duration window) {
        long length = micros(window);
        int most = 0;
        int first = 0;
        for (int last = 0; last < sortedMicros.length; last++) {
            while (sortedMicros[last] - sortedMicros[first] >= length) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    /**
     * How full each window was, of those that follow each other from the first permit on.
     *
     * @param count of windows
     */
    List<Integer> inConsecutive(Duration window, int count) {
        int[] full = new int[count];
        for (long instant : sortedMicros) {
            long index = (instant - sortedMicros[0]) / micros(window);
            if (index < count) {
                full[(int) index]++;
            }
        }
        return Arrays.stream(full).boxed().toList();
    }

    private static long micros(Duration window) {
        return window.toNanos() / 1000;
    }
}
