package io.seawall.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/** Any command, or a script that decides nothing. An error says nothing about Redis. */
final class CommandCall extends Call implements Question {

    private final CommandArguments command;
    private final @Nullable CommandArguments withScript;
    private @Nullable Object reply;

    private CommandCall(CommandArguments command, @Nullable CommandArguments withScript, long deadlineNanos) {
        super(deadlineNanos);
        this.command = command;
        this.withScript = withScript;
    }

    static CommandCall of(String command, List<byte[]> arguments, long deadlineNanos) {
        CommandArguments line = new CommandArguments(() -> command.getBytes(StandardCharsets.US_ASCII));
        arguments.forEach(line::add);
        return new CommandCall(line, null, deadlineNanos);
    }

    static CommandCall of(Script script, List<byte[]> keys, List<byte[]> arguments, long deadlineNanos) {
        return new CommandCall(
                line(Command.EVALSHA, script.sha1(), keys, arguments),
                line(Command.EVAL, script.text(), keys, arguments),
                deadlineNanos);
    }

    static CommandArguments line(Command command, String script, List<byte[]> keys, List<byte[]> arguments) {
        CommandArguments line = new CommandArguments(command).add(script).add(keys.size());
        // As arguments: Jedis works out the slot of what it is told is a key.
        keys.forEach(line::add);
        arguments.forEach(line::add);
        return line;
    }

    @Override
    public CommandArguments command() {
        return command;
    }

    @Override
    public @Nullable CommandArguments withScript() {
        return withScript;
    }

    @Override
    public void answered(@Nullable Object answer) {
        reply = answer;
        answered();
    }

    @Override
    public boolean isRefusedBy(JedisDataException error) {
        return false;
    }

    /** Once it was asked. */
    @Nullable
    Object reply() {
        return reply;
    }
}
