package io.seawall.redis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Any command, or a script that decides nothing. An error says nothing about Redis. */
final class CommandCall extends Call implements Question {

    private final RedisCommand command;
    private final @Nullable RedisCommand withScript;
    private final Slot slot;
    private @Nullable Object reply;

    private CommandCall(RedisCommand command, @Nullable RedisCommand withScript, Deadline deadline, Slot slot) {
        super(deadline);
        this.slot = slot;
        this.command = command;
        this.withScript = withScript;
    }

    static CommandCall of(String command, List<byte[]> arguments, Deadline deadline, Slot slot) {
        return new CommandCall(RedisCommand.of(command, arguments), null, deadline, slot);
    }

    static CommandCall of(Script script, List<byte[]> keys, List<byte[]> arguments, Deadline deadline, Slot slot) {
        return new CommandCall(
                RedisCommand.byName(script, keys, arguments),
                RedisCommand.inFull(script, keys, arguments),
                deadline,
                slot);
    }

    @Override
    public RedisCommand command() {
        return command;
    }

    @Override
    public @Nullable RedisCommand withScript() {
        return withScript;
    }

    @Override
    public Slot slot() {
        return slot;
    }

    @Override
    public void answered(@Nullable Object answer) {
        reply = answer;
        answered();
    }

    @Override
    public boolean needsAnswer() {
        return false;
    }

    /** Once it was asked. */
    @Nullable
    Object reply() {
        return reply;
    }
}
