package io.seawall.storm;

/** The machine has not done in time what another one does in a fraction of it. */
final class TooSlowException extends ReplayFailedException {

    private static final long serialVersionUID = 1L;

    TooSlowException(String reason) {
        super(reason);
    }
}
