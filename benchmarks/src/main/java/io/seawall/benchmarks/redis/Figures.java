package io.seawall.benchmarks.redis;

import java.util.List;

/**
 * What one round has shown of one contender.
 *
 * @param perSecond decisions
 * @param halfMicros latency of the faster half, at most
 * @param mostMicros latency of 99 %, at most
 * @param sent commands a decision that go over a connection
 * @param inScripts commands a decision that scripts call
 * @param redisMicros processor time of Redis a decision
 * @param jvmMicros processor time of the JVM a decision
 */
record Figures(
        double perSecond,
        double halfMicros,
        double mostMicros,
        double sent,
        double inScripts,
        double redisMicros,
        double jvmMicros) {

    private static final double NANOS_PER_MICRO = 1_000;
    private static final double NANOS_PER_SECOND = 1_000_000_000;

    static Figures of(Outcome outcome, RedisCounters before, RedisCounters after, List<String> sentCommands) {
        double decisions = outcome.decisions();
        long sent = after.callsOf(sentCommands) - before.callsOf(sentCommands);
        long all = after.allCalls() - before.allCalls();
        return new Figures(
                decisions * NANOS_PER_SECOND / outcome.nanos(),
                outcome.halfNanos() / NANOS_PER_MICRO,
                outcome.mostNanos() / NANOS_PER_MICRO,
                sent / decisions,
                (all - sent) / decisions,
                (after.cpuMicros() - before.cpuMicros()) / decisions,
                outcome.cpuNanos() / NANOS_PER_MICRO / decisions);
    }

    double cpuMicros() {
        return redisMicros + jvmMicros;
    }
}
