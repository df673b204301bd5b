package io.seawall.filter.admin;

/** A described request was asked what nobody has described. Its message holds nothing but the question. */
public final class NotDescribedException extends UnsupportedOperationException {

    private static final long serialVersionUID = 1L;

    NotDescribedException(String message) {
        super(message);
    }
}
