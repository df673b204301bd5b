package io.seawall.redis;

import java.time.Duration;
import redis.clients.jedis.RedisClient;

/**
 * A Redis whose scripts read the time from a key, which a test sets. Their own keys live on: virtual time must not race against
 * their times to live.
 */
final class TestClock {

    private static final String KEY = "test-clock";
    private static final String SET = "redis.call('SET', KEYS[key], text, 'PX', string.format('%.0f', ttl_millis))";

    private final RedisClient client;
    private long micros;
    private long latestMicros;

    TestClock(RedisClient client, long micros) {
        this.client = client;
        setMicros(micros);
    }

    long micros() {
        return micros;
    }

    /** That of a node, which never goes back. */
    long nanoTime() {
        return latestMicros * 1000;
    }

    void advance(Duration by) {
        setMicros(micros + by.toNanos() / 1000);
    }

    void setMicros(long newMicros) {
        micros = newMicros;
        latestMicros = Math.max(latestMicros, newMicros);
        client.set(KEY, Long.toString(newMicros));
    }

    /** The scripts, but for the clock and times to live. */
    static Scripts scripts() {
        return scripts("local function now_micros() return tonumber(redis.call('GET', '" + KEY + "')) end");
    }

    /**
     * The scripts, but for times to live, with a clock of somebody else.
     *
     * @param clock in place of {@code clock.lua}
     */
    static Scripts scripts(String clock) {
        return new Scripts(file -> switch (file) {
            case "clock.lua" -> clock;
            case "state.lua" -> withoutTimeToLive(Scripts.read(file));
            default -> Scripts.read(file);
        });
    }

    private static String withoutTimeToLive(String text) {
        if (!text.contains(SET)) {
            throw new AssertionError("state.lua no longer sets the time to live by " + SET);
        }
        return text.replace(SET, "redis.call('SET', KEYS[key], text)");
    }
}
