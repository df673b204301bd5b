package io.seawall.redis;

/** Says where to connect to. */
@FunctionalInterface
interface Locator {

    /**
     * Where the server is now.
     *
     * @param opener opens whatever must be asked for that
     * @param deadline of all of it
     * @throws RedisFailure if nobody knows
     */
    Endpoint locate(Opener opener, Deadline deadline);

    /** Opens connections that somebody else can close while they are being made. */
    @FunctionalInterface
    interface Opener {
        RedisConnection open(Endpoint endpoint, RedisAddress login, Deadline deadline);
    }
}
