package io.seawall.resilience.bulkhead;

/** How many calls of one target are under way, shared by everyone who calls it. Lets every call through. Thread-safe. */
public final class Bulkhead {

    private volatile BulkheadPolicy policy;

    /**
     * A bulkhead without a call.
     *
     * @param target whose calls are counted; for messages
     * @param policy how many there may be
     */
    public Bulkhead(String target, BulkheadPolicy policy) {
        this.policy = policy;
    }

    /**
     * How many calls are under way.
     *
     * @return the number at some instant during the call
     */
    public int inUse() {
        return 0;
    }

    /**
     * How many calls wait for another to end.
     *
     * @return the number at some instant during the call
     */
    public int waiting() {
        return 0;
    }

    /**
     * How many calls there may be.
     *
     * @return the number of the policy
     */
    public int max() {
        return policy.max();
    }

    /**
     * Takes another policy; for {@link io.seawall.resilience.pipeline.Targets}. Calls that are under way go on.
     *
     * @param policy how many there may be
     */
    public void apply(BulkheadPolicy policy) {
        this.policy = policy;
    }
}
