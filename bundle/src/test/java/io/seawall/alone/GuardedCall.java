package io.seawall.alone;

import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.util.concurrent.Callable;

/** Starts Weld, which finds Seawall by its own means, and calls a guarded bean. */
public final class GuardedCall implements Callable<String> {

    @Override
    public String call() {
        try (SeContainer container = SeContainerInitializer.newInstance()
                .addBeanClasses(Unsteady.class)
                .initialize()) {
            return container.select(Unsteady.class).get().answer();
        }
    }
}
