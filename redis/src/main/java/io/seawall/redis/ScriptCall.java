package io.seawall.redis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A script and what it is told.
 *
 * @param script what Redis runs
 * @param keys that it is about
 * @param arguments all else
 */
record ScriptCall(Script script, List<byte[]> keys, List<byte[]> arguments) {

    /** By the name of the script, which Redis may not know. */
    RedisCommand command() {
        return RedisCommand.script("EVALSHA", script.sha1(), keys, arguments);
    }

    /** As {@link Question#instead}: the script itself, which Redis knows from then on. */
    @Nullable
    RedisCommand instead(@Nullable Object reply) {
        return reply instanceof RedisFailure failure && failure.isNoScript()
                ? RedisCommand.script("EVAL", script.text(), keys, arguments)
                : null;
    }
}
