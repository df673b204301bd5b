package io.seawall.resilience.storm;

import java.util.function.Consumer;

/** Who calls the backend for its clients, in its own way. */
@FunctionalInterface
interface Node {

    /**
     * A client's call.
     *
     * @param result told whether it has succeeded, when that is known
     */
    void call(Consumer<Boolean> result);
}
