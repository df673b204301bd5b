package io.seawall.resilience.retry;

import io.seawall.resilience.RejectedException;

/** A call that was refused before it began, or ended by us after. */
final class Rejected extends RejectedException {

    private static final long serialVersionUID = 1L;

    Rejected(boolean attempted) {
        super("target", "rejected", attempted, null, null);
    }

    @Override
    protected String words() {
        return "rejected";
    }
}
