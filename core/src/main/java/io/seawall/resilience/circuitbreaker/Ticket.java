package io.seawall.resilience.circuitbreaker;

/**
 * What a call is let through with, and where its outcome goes, once. It counts for the state that gave the ticket, and for no
 * later one: a call that began before a transition can say nothing about what came after it.
 */
interface Ticket {

    /** Whether it wants to know when the call began. Where it does not, nobody has to read a clock. */
    boolean timed();

    /**
     * The call came back.
     *
     * @param startedAtNanos when it began; anything if the ticket is not timed
     */
    void onSuccess(long startedAtNanos);

    /**
     * The call failed.
     *
     * @param startedAtNanos when it began; anything if the ticket is not timed
     * @param cutShort whether its time limit ended it: then it was slow, however short the limit
     */
    void onFailure(long startedAtNanos, boolean cutShort);

    /** The call ended without a word about the target. */
    void onNeutral();
}
