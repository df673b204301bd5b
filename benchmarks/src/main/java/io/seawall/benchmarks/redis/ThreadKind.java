package io.seawall.benchmarks.redis;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What asks. */
enum ThreadKind {
    PLATFORM,
    /** Of JDK 21 and newer. */
    VIRTUAL;

    private static final Optional<Method> VIRTUAL_EXECUTOR = Arrays.stream(Executors.class.getMethods())
            .filter(method -> method.getName().equals("newVirtualThreadPerTaskExecutor"))
            .findAny();

    boolean isHere() {
        return this == PLATFORM || VIRTUAL_EXECUTOR.isPresent();
    }

    /** Runs so many tasks at once. */
    ExecutorService executor(int threads) {
        if (this == PLATFORM) {
            return Executors.newFixedThreadPool(threads);
        }
        try {
            return (ExecutorService) VIRTUAL_EXECUTOR.orElseThrow().invoke(null);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
