package io.seawall.demo;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds in a chain of causes what a person wants to know. */
final class Reasons {

    /** Chains are short; one that runs in a circle ends here. */
    private static final int MAX_DEPTH = 20;

    private Reasons() {}

    static boolean has(Throwable failure, Class<? extends Throwable> type) {
        Throwable link = failure;
        for (int depth = 0; link != null && depth < MAX_DEPTH; depth++) {
            if (type.isInstance(link)) {
                return true;
            }
            link = link.getCause();
        }
        return false;
    }

    /** The messages of the chain, the deepest first: it is the one that tells. */
    static String of(Throwable failure) {
        Set<String> messages = new LinkedHashSet<>();
        @Nullable Throwable link = failure;
        String deepest = failure.toString();
        for (int depth = 0; link != null && depth < MAX_DEPTH; depth++) {
            String message = link.getMessage();
            if (message != null && messages.add(message)) {
                deepest = message;
            }
            link = link.getCause();
        }
        return deepest;
    }
}
