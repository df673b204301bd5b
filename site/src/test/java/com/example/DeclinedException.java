package com.example;

/** The bank does not want to. */
public class DeclinedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DeclinedException(String message) {
        super(message);
    }
}
