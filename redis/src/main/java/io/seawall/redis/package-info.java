/**
 * Limits shared by all nodes. {@link io.seawall.redis.RedisLimitStore} is the store; the deciding is done by the Lua
 * scripts beside it, in one call, on the clock of Redis.
 *
 * <p>Jedis is known to one class here, as a way to send a script and read its reply.
 */
@NullMarked
package io.seawall.redis;

import org.jspecify.annotations.NullMarked;
