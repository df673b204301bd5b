package io.seawall.resilience.bulkhead;

/** A call that stands in the queue of a bulkhead. It either gets a permit or leaves, never both. */
interface Waiter {

    /** It stands in the queue now. Under the lock of the bulkhead: short, never waits. */
    void queued();

    /**
     * It holds a permit now. Outside the lock, on the thread of whoever made room.
     *
     * @return false if it cannot use the permit, which then is the next one's
     */
    boolean granted();
}
