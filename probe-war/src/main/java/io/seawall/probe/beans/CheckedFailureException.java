package io.seawall.probe.beans;

/** An attempt that was to fail with a checked exception, which lets an EJB container commit. */
public final class CheckedFailureException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param attempt the number of the attempt
     */
    public CheckedFailureException(int attempt) {
        super("attempt " + attempt);
    }
}
