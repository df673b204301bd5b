package io.seawall.resilience.chaos;

/** A fault of a target that was told to misbehave: a failure like any other to its callers. It carries no stack trace. */
public final class InjectedFaultException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The target that fails on purpose. */
    private final String target;

    InjectedFaultException(String target) {
        super("target '" + target + "' was told to fail", null, true, false);
        this.target = target;
    }

    /**
     * Who was told to misbehave.
     *
     * @return the name of the target
     */
    public String target() {
        return target;
    }
}
