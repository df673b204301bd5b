package io.seawall.redis;

import io.seawall.ratelimit.Algorithm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;

/**
 * A Lua script and the name that Redis knows it by.
 *
 * @param text what Redis runs; constant, nothing of a request is ever in it
 * @param sha1 the SHA-1 of the text in lower-case hex, for EVALSHA
 */
record Script(String text, String sha1) {

    /** Decides the limits of a request. */
    static Script acquire() {
        return assemble(read("clock.lua"), read("acquire.lua"));
    }

    /** Puts the algorithms between a clock and what uses them: each has a file of its name, and adds itself by its tag. */
    static Script assemble(String clock, String acquire) {
        String steps = Arrays.stream(Algorithm.values())
                .map(algorithm -> read(algorithm.text() + ".lua"))
                .collect(Collectors.joining("\n"));
        return of(clock, "local algorithms = {}", steps, acquire);
    }

    private static Script of(String... parts) {
        String text = String.join("\n", parts);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return new Script(text, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-1", e);
        }
    }

    static String read(String file) {
        try (InputStream in = Script.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the jar is incomplete: " + file + " is not in it");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
