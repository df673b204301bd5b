package io.seawall.benchmarks.redis;

import java.io.IOException;

/** The processes of the benchmark: none outlives it, however it ends. */
final class Children {

    private Children() {}

    static Process start(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }
}
