package io.seawall.probe.beans;

/** An attempt that was to fail. */
public final class FailureException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param attempt the number of the attempt
     */
    public FailureException(int attempt) {
        super("attempt " + attempt);
    }
}
