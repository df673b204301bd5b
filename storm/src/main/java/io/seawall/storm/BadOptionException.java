package io.seawall.storm;

/** The command line is wrong; the message says what, and how it is right. */
final class BadOptionException extends Exception {

    private static final long serialVersionUID = 1L;

    BadOptionException(String message) {
        super(message);
    }
}
