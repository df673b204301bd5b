package io.seawall.interceptors.jmx;

import java.util.function.Supplier;

/** What an operator hears of a mistake: its words. Causes may be of classes that only the application has. */
final class PlainErrors {

    private PlainErrors() {}

    static <T> T only(Supplier<T> operation) {
        try {
            return operation.get();
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(wrong.getMessage());
        }
    }
}
