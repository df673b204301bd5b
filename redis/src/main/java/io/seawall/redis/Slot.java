package io.seawall.redis;

/**
 * Which keys of a cluster somebody asks for. All keys of one script call must be in one slot.
 *
 * @param number 0 to 16383; of a server that is no cluster, always 0
 * @param isAsked whether the server that is asked does not own the slot yet, and must be told that we know ({@code ASKING})
 */
record Slot(int number, boolean isAsked) {

    /** Of a cluster. */
    static final int COUNT = 16_384;

    /** Of a server that has all keys. */
    static final Slot ANY = new Slot(0, false);

    /**
     * Where a key of a cluster is.
     *
     * @param key the whole of it, or what it has between braces
     */
    static Slot of(String key) {
        return new Slot(RedisConnection.slot(key), false);
    }

    Slot asked() {
        return new Slot(number, true);
    }
}
