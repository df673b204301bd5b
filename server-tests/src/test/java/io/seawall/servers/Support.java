package io.seawall.servers;

/** A cell of the support table. */
enum Support {
    /** A test has failed. */
    NO("no"),
    /** The server does not have what it needs, or the tests do not give it. */
    NOT_OFFERED("–"),
    /** All tests have passed. */
    YES("yes");

    private final String text;

    Support(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** Of several tests of a feature the worst counts. */
    Support and(Support other) {
        return compareTo(other) < 0 ? this : other;
    }

    /** Of several starts of a server the one with more to offer counts, but no failure is forgotten. */
    Support or(Support other) {
        return this == NO || other == NO ? NO : compareTo(other) > 0 ? this : other;
    }
}
