/**
 * What a decision costs that is made in Redis, by Seawall and by others, on a Redis of their own: {@link
 * io.seawall.benchmarks.redis.RedisBenchmark}.
 *
 * <p>A program of its own and no benchmark of JMH: the processor time of two processes is half of what is asked, and each of those
 * that are compared must have both to itself.
 */
@NullMarked
package io.seawall.benchmarks.redis;

import org.jspecify.annotations.NullMarked;
