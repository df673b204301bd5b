package io.seawall.benchmarks.calls;

import java.io.IOException;

/** What is called: as cheap as can be, so that what is measured is around it. */
final class Answers {

    private Answers() {}

    static String good(String order) {
        return order;
    }

    @SuppressWarnings("DoNotCallSuggester") // it is there to be called
    static String none() throws IOException {
        throw new IOException("down");
    }
}
