package io.seawall.resilience.bulkhead;

import io.seawall.resilience.RejectedException;

/** The call was not made: as many calls as there may be are under way already. */
public final class BulkheadFullException extends RejectedException {

    private static final long serialVersionUID = 1L;

    /** The calls that there may be at a time. */
    private final int max;

    BulkheadFullException(String target, int max) {
        super(target, "bulkhead-full", false, null, null);
        this.max = max;
    }

    @Override
    protected String words() {
        return "bulkhead '" + target() + "' is full: " + (max == 1 ? "1 call is" : max + " calls are") + " under way";
    }
}
