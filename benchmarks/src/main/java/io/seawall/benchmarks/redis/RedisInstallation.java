package io.seawall.benchmarks.redis;

import java.io.IOException;
import java.nio.file.Path;
import redis.embedded.core.ExecutableProvider;

/**
 * Where servers come from.
 *
 * @param executable {@code redis-server}
 * @param directory for their logs
 */
record RedisInstallation(Path executable, Path directory) {

    /** The Redis 6.2 that embedded-redis carries. */
    static RedisInstallation embedded(Path directory) throws IOException {
        return new RedisInstallation(
                ExecutableProvider.newJarResourceProvider(directory.toFile())
                        .get()
                        .toPath(),
                directory);
    }

    RedisServer start() throws IOException, InterruptedException {
        return new RedisServer(executable, directory);
    }
}
