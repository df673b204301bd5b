package io.seawall.ratelimit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * A client's name as a store keeps it when the name itself is too long or not to be told: of fixed length, and a long
 * random key cannot be found from it; what can be guessed can be tried. Stateless and thread-safe.
 */
public final class ClientHash {

    /** 128 bits: two clients of the same hash will not be met, and are not worth looking for at the price of 2^64 tries. */
    private static final int BYTES = 16;

    /** Longer names are kept as their start and their hash: what a client sends must not fill the heap. */
    static final int MAX_NAME_LENGTH = 64;

    private ClientHash() {}

    /**
     * A name as it is kept in memory. A hashed one is longer than any that is not, so the two never meet.
     *
     * @param client any text
     * @return the name, or the first {@value #MAX_NAME_LENGTH} characters and the hash of a longer one
     */
    public static String bounded(String client) {
        return client.length() <= MAX_NAME_LENGTH ? client : client.substring(0, MAX_NAME_LENGTH) + of(client);
    }

    /**
     * Hashes a name by SHA-256, of which 128 bits are kept.
     *
     * @param client any text; different texts, also malformed ones, have different hashes
     * @return 22 characters of {@code A-Z a-z 0-9 _ -}
     */
    public static String of(String client) {
        // Char by char: a charset would make all malformed surrogates one, and with them their clients.
        byte[] text = new byte[client.length() * 2];
        for (int i = 0; i < client.length(); i++) {
            text[2 * i] = (byte) (client.charAt(i) >> 8);
            text[2 * i + 1] = (byte) client.charAt(i);
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
