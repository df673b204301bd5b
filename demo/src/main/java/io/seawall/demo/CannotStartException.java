package io.seawall.demo;

/** The demo cannot start; the message says why, for the one who started it. */
final class CannotStartException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;

    CannotStartException(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
