package io.seawall.storm;

import io.seawall.storm.clients.ClientRetries;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The runs of the story: each is the one before with one more remedy. What is not named is as the example WAR has it: a limit
 * of one second for each attempt in all of them, for instance.
 */
final class Chapters {

    /** Of the shop, in all runs but the last, which has those of Seawall. */
    private static final String SHOP_RETRIES = "3";

    private static final Duration BACKOFF = Duration.ofMillis(500);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(5);

    private static final int LIMIT_SECONDS = 10;

    private static final String INVENTORY = "seawall.inventory.";

    private final int clientRetries;
    private final String limit;

    /**
     * Fits the runs to the load.
     *
     * @param clientRetries how often clients try again
     * @param period the time from a question of a client to its next
     */
    Chapters(int clientRetries, Duration period) {
        this.clientRetries = clientRetries;
        // Twice what a client needs as long as all is well, so that it may try again now and then.
        long permits = Math.max(2, Math.round(2.0 * LIMIT_SECONDS * 1_000 / period.toMillis()));
        limit = permits + "/" + LIMIT_SECONDS + "s";
    }

    List<Chapter> all() {
        ClientRetries patient = new ClientRetries(clientRetries, BACKOFF, MAX_BACKOFF);

        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("SHOP_TRUSTED_PROXIES", "127.0.0.1");
        settings.put("SHOP_LIMITS", "1000000/1s");
        settings.put("SHOP_IP_LIMITS", "address=1000000/1s");
        settings.put(INVENTORY + "retry.maxRetries", SHOP_RETRIES);
        settings.put(INVENTORY + "retry.budget", "none");
        settings.put(INVENTORY + "retry.backoff", "1ms");
        settings.put(INVENTORY + "retry.maxBackoff", "1ms");
        settings.put(INVENTORY + "retry.jitter", "NONE");
        settings.put(INVENTORY + "breaker.failures", "0");
        settings.put(INVENTORY + "fallback", "");
        Chapter found = new Chapter(
                "article-found",
                "As the article found it",
                "Clients retry " + times(clientRetries) + " at once, and so does the shop (" + times(3)
                        + "); no breaker, no fallback, a limit that nobody reaches.",
                settings,
                ClientRetries.atOnce(clientRetries));

        settings.remove(INVENTORY + "retry.backoff");
        settings.remove(INVENTORY + "retry.maxBackoff");
        settings.remove(INVENTORY + "retry.jitter");
        Chapter backoff = new Chapter(
                "backoff-jitter",
                "With back-off and full jitter",
                "The same retries, but after 0 to 100 ms in the shop and 0 to 500 ms in the clients, doubled for each"
                        + " further one.",
                settings,
                patient);

        settings.remove(INVENTORY + "breaker.failures");
        Chapter breaker = new Chapter(
                "breaker",
                "With a circuit breaker, too",
                "The shop stops asking after 5 failures in 30 s, for 5 s, and twice as long after each trial that"
                        + " fails.",
                settings,
                patient);

        settings.put("SHOP_LIMITS", limit);
        Chapter limited = new Chapter(
                "rate-limit",
                "With a rate limit, too",
                "A client may ask " + limit.replace("/", " times in ") + ", twice what it needs; a refused one does"
                        + " not try again.",
                settings,
                patient);

        settings.remove(INVENTORY + "retry.maxRetries");
        settings.remove(INVENTORY + "retry.budget");
        settings.remove(INVENTORY + "fallback");
        settings.put(INVENTORY + "stale.maxAge", "10m");
        settings.put(INVENTORY + "breaker.openFor", "500ms");
        settings.put(INVENTORY + "breaker.maxOpenFor", "1s");
        Chapter seawall = new Chapter(
                "all-of-seawall",
                "All of Seawall",
                "Two retries in the shop, within a budget; the last good answer while inventory is away, or a list"
                        + " without stock; a trial every second at most.",
                settings,
                patient);
        return List.of(found, backoff, breaker, limited, seawall);
    }

    private static String times(int retries) {
        return switch (retries) {
            case 0 -> "not at all";
            case 1 -> "once";
            case 2 -> "twice";
            case 3 -> "three times";
            default -> retries + " times";
        };
    }
}
