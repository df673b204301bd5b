package io.seawall.redis;

import io.seawall.ratelimit.Decision;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Permits that were taken and not used, on their way back. What becomes of it changes nothing for whoever sends it: if it is lost, they
 * stay charged until they leave their windows. Sent once at most.
 */
final class GiveBack implements Question {

    /**
     * What a client took from a set of limits.
     *
     * @param client its name, as {@link io.seawall.ratelimit.ClientHash#bounded} has it
     * @param hash as it is in the keys
     * @param permits taken from each limit
     */
    record Share(RedisLimits set, String client, String hash, long permits) {

        Share times(int count) {
            return new Share(set, client, hash, permits * count);
        }

        boolean isOf(RedisLimits limits, String boundedClient) {
            return set == limits && client.equals(boundedClient);
        }
    }

    private final List<Share> shares;
    private final Decision.Allowed decision;
    private final Slot slot;
    private final ScriptCall call;
    private final AtomicBoolean taken = new AtomicBoolean();

    /**
     * Permits that were taken together.
     *
     * @param shares whose
     * @param decision when, and from which limits
     * @param slot where the keys are
     * @param call of the script that gives them back
     */
    GiveBack(List<Share> shares, Decision.Allowed decision, Slot slot, ScriptCall call) {
        this.shares = List.copyOf(shares);
        this.decision = decision;
        this.slot = slot;
        this.call = call;
    }

    /** Whether only limits in shadow were asked, and none was charged. */
    boolean isEmpty() {
        return call.keys().isEmpty();
    }

    @Override
    public Slot slot() {
        return slot;
    }

    List<Share> shares() {
        return shares;
    }

    Decision.Allowed decision() {
        return decision;
    }

    boolean isOf(RedisLimits limits, String boundedClient) {
        return shares.stream().anyMatch(share -> share.isOf(limits, boundedClient));
    }

    /** Takes it along. False: somebody else has. */
    boolean take() {
        return taken.compareAndSet(false, true);
    }

    /** The same, after it was taken and yet not sent. */
    GiveBack again() {
        return new GiveBack(shares, decision, slot, call);
    }

    /** To be asked for by itself. */
    CommandCall call(Deadline deadline, Slot at) {
        return CommandCall.of(call, deadline, at);
    }

    /** Refusals that were remembered here may have no reason any more. */
    void forgetDenials() {
        shares.forEach(share -> share.set().denials().forget(share.client()));
    }

    @Override
    public RedisCommand command() {
        return call.command();
    }

    @Override
    public @Nullable RedisCommand instead(@Nullable Object reply) {
        return call.instead(reply);
    }

    @Override
    public void answered(@Nullable Object reply) {}

    @Override
    public void failed(RedisFailure reason) {}

    @Override
    public boolean needsAnswer() {
        return false;
    }
}
