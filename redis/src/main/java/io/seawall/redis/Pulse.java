package io.seawall.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What nodes tell each other by way of Redis: each that it lives, by asking; and that something was changed otherwise than time
 * would. Asked and heard by one thread at a time.
 */
final class Pulse {

    /** A node that is not heard may be one that could not be: Redis was away. */
    private static final long NODES_KEPT_NANOS = TimeUnit.SECONDS.toNanos(6);

    /** That the last change is forgotten after an hour looks like a change, which does no harm. */
    private static final byte[] CHANGE_TTL_MILLIS = ascii("3600000");

    /** Of an application: what its filters decide alone, they decide by one share each. */
    private static final byte[] NODE = ascii(UUID.randomUUID().toString());

    private final byte[] nodesKey;
    private final byte[] changesKey;
    private final Script script;
    private final LongSupplier nanoTime;
    private String lastChange = "";
    private int nodes = 1;
    private long nodesHeardNanos;

    /** Its two keys are in one slot of a cluster, for the script that asks both. */
    Pulse(String keyPrefix, Script script, LongSupplier nanoTime) {
        this.nodesKey = ascii(keyPrefix + ":{pulse}:nodes");
        this.changesKey = ascii(keyPrefix + ":{pulse}:changes");
        this.script = script;
        this.nanoTime = nanoTime;
    }

    /** Where Redis is asked. */
    byte[] key() {
        return changesKey;
    }

    ScriptCall question() {
        return new ScriptCall(script, List.of(nodesKey, changesKey), List.of(NODE));
    }

    /**
     * Hears the answer.
     *
     * @param reply of Redis
     * @param changed told if something was changed since the last time; if it throws, it is told again the next time
     * @return whether it was one
     */
    boolean hear(@Nullable Object reply, Runnable changed) {
        if (!(reply instanceof List<?> answer) || !(answer.get(0) instanceof Long live)) {
            return false;
        }
        hearNodes(Math.toIntExact(live));
        String change = new String((byte[]) answer.get(1), US_ASCII);
        if (!change.equals(lastChange)) {
            changed.run();
            lastChange = change;
        }
        return true;
    }

    /** More at once; fewer only when they have been for a while, since after an outage each is heard one after another. */
    private void hearNodes(int live) {
        long now = nanoTime.getAsLong();
        if (live >= nodes || now - nodesHeardNanos > NODES_KEPT_NANOS) {
            nodes = Math.max(1, live);
            nodesHeardNanos = now;
        }
    }

    /** How many nodes live, as far as this one knows; itself is one. */
    int nodes() {
        return nodes;
    }

    /** What is sent with {@code SET} to say to all nodes that something was changed. */
    List<byte[]> ofChange() {
        return List.of(changesKey, ascii(UUID.randomUUID().toString()), ascii("PX"), CHANGE_TTL_MILLIS);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
