package io.seawall.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A Lua script and the name that Redis knows it by.
 *
 * @param text what Redis runs; constant, nothing of a request is ever in it
 * @param sha1 the SHA-1 of the text in lower-case hex, for EVALSHA
 */
record Script(String text, String sha1) {

    /** Decides the limits of a request. An algorithm is one file more, and one line in {@code acquire.lua}. */
    static Script acquire() {
        return of(read("clock.lua"), read("sliding-window.lua"), read("acquire.lua"));
    }

    static Script of(String... parts) {
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
