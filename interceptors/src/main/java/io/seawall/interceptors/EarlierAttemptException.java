package io.seawall.interceptors;

import io.seawall.resilience.RejectedException;

/** An attempt was not made, since an earlier one of the same call has not returned from the method yet. */
final class EarlierAttemptException extends RejectedException {

    private static final long serialVersionUID = 1L;

    EarlierAttemptException(String target) {
        super(target, "earlier-attempt", false, null, null);
    }

    @Override
    protected String words() {
        return "call to '" + target()
                + "' is not made again, since an earlier attempt has not returned its CompletionStage yet";
    }
}
