package io.seawall.redis;

import io.seawall.ratelimit.Claim;
import io.seawall.ratelimit.Decision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that waits to be decided. */
final class DecisionCall extends Call {

    private final List<Claim> claims;
    private final Slot slot;
    private @Nullable Decision decision;

    DecisionCall(List<Claim> claims, Deadline deadline, Slot slot) {
        super(deadline);
        this.claims = claims;
        this.slot = slot;
    }

    List<Claim> claims() {
        return claims;
    }

    Slot slot() {
        return slot;
    }

    void decided(Decision made) {
        decision = made;
        answered();
    }

    /** Once it was asked. */
    Decision decision() {
        Decision made = decision;
        if (made == null) {
            throw new IllegalStateException("it was not asked");
        }
        return made;
    }
}
