package io.seawall.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;

/**
 * A command as Redis reads it.
 *
 * @param words its name and all that follows
 */
record RedisCommand(List<byte[]> words) {

    static RedisCommand of(String name, List<byte[]> arguments) {
        List<byte[]> words = new ArrayList<>(arguments.size() + 1);
        words.add(ascii(name));
        words.addAll(arguments);
        return new RedisCommand(words);
    }

    /** Runs a script, by its text or its name. */
    static RedisCommand script(String name, String script, List<byte[]> keys, List<byte[]> arguments) {
        List<byte[]> words = new ArrayList<>(keys.size() + arguments.size() + 3);
        words.add(ascii(name));
        words.add(ascii(script));
        words.add(ascii(Integer.toString(keys.size())));
        words.addAll(keys);
        words.addAll(arguments);
        return new RedisCommand(words);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
