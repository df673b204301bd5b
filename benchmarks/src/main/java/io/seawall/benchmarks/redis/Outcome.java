package io.seawall.benchmarks.redis;

/**
 * What came of a {@link Load}. Comes from another JVM as one line.
 *
 * @param decisions how many
 * @param granted how many of them
 * @param nanos how long all of it took
 * @param cpuNanos processor time of the JVM meanwhile, of all its threads
 * @param halfNanos so long took the faster half of the decisions, at most
 * @param mostNanos so long took 99 % of them, at most
 */
record Outcome(long decisions, long granted, long nanos, long cpuNanos, long halfNanos, long mostNanos) {

    String line() {
        return decisions + " " + granted + " " + nanos + " " + cpuNanos + " " + halfNanos + " " + mostNanos;
    }

    static Outcome parse(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != 6) {
            throw new IllegalStateException("no outcome: '" + line + "'");
        }
        return new Outcome(
                Long.parseLong(words[0]),
                Long.parseLong(words[1]),
                Long.parseLong(words[2]),
                Long.parseLong(words[3]),
                Long.parseLong(words[4]),
                Long.parseLong(words[5]));
    }
}
