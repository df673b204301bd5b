package io.seawall.storm.story;

/**
 * One second of a run, counted at the places that the names say. Whatever came of a request of a client is counted in the
 * second in which the client began it, so that {@code fresh + degraded + limited + failed} is {@code offered}.
 *
 * @param second seconds since the run began, from 0
 * @param offered first attempts that clients began: the load without any retry
 * @param sent all requests that clients sent, their retries among them
 * @param backend requests that arrived at the backend, those among them that its full queue refused
 * @param fresh offered requests that ended well, with a fresh answer
 * @param degraded offered requests that ended well, with the answer of a fallback or an old one
 * @param limited offered requests that a rate limit refused in the end (429)
 * @param failed offered requests that ended in an error, or that the client gave up
 * @param p50Millis until half of these clients had their final answer, in milliseconds; 0 if there were none
 * @param p95Millis until 95 % of them had
 * @param p99Millis until 99 % of them had
 * @param queued requests that waited in the queue of the backend, the most that were seen in this second
 * @param connectionsInUse connections of the backend's database pool in use, the most that were seen in this second
 */
public record Second(
        int second,
        long offered,
        long sent,
        long backend,
        long fresh,
        long degraded,
        long limited,
        long failed,
        double p50Millis,
        double p95Millis,
        double p99Millis,
        int queued,
        int connectionsInUse) {

    /** Nothing is below nought. */
    public Second {
        if (second < 0
                || offered < 0
                || sent < 0
                || backend < 0
                || fresh < 0
                || degraded < 0
                || limited < 0
                || failed < 0
                || queued < 0
                || connectionsInUse < 0) {
            throw new IllegalArgumentException("second " + second + " has a number below 0");
        }
        if (!(p50Millis >= 0 && p50Millis <= p95Millis && p95Millis <= p99Millis && Double.isFinite(p99Millis))) {
            throw new IllegalArgumentException("second " + second + " has percentiles out of order: " + p50Millis + ", "
                    + p95Millis + ", " + p99Millis);
        }
    }
}
