package io.seawall.storm;

/** The story cannot be replayed; the message says why, for the one who started it. */
class ReplayFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    ReplayFailedException(String reason) {
        super(reason);
    }
}
