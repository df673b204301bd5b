package io.seawall.redis;

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

    static Script of(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return new Script(text, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-1", e);
        }
    }
}
