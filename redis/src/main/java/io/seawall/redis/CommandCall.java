package io.seawall.redis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Any command, or a script that decides nothing. An error says nothing about Redis. */
final class CommandCall extends Call implements Question {

    private final RedisCommand command;
    private final @Nullable ScriptCall script;
    private final Slot slot;
    private @Nullable Object reply;

    private CommandCall(RedisCommand command, @Nullable ScriptCall script, Deadline deadline, Slot slot) {
        super(deadline);
        this.slot = slot;
        this.command = command;
        this.script = script;
    }

    static CommandCall of(String command, List<byte[]> arguments, Deadline deadline, Slot slot) {
        return new CommandCall(RedisCommand.of(command, arguments), null, deadline, slot);
    }

    static CommandCall of(ScriptCall script, Deadline deadline, Slot slot) {
        return new CommandCall(script.command(), script, deadline, slot);
    }

    @Override
    public RedisCommand command() {
        return command;
    }

    @Override
    public @Nullable RedisCommand instead(@Nullable Object answer) {
        return script == null ? null : script.instead(answer);
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
