package io.seawall.filter.caching;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which {@code ETag} an answer gets (RFC 9110, section 8.8.3). */
enum TagStyle {
    /** The content is as good as the same; its bytes may differ, as whoever compresses them makes them. */
    WEAK("W/\""),
    /** The bytes are the same. */
    STRONG("\""),
    /** No name. */
    NONE("");

    /** Of a SHA-256: no two contents of one address meet by chance, and a name is no secret. */
    private static final int TAG_BYTES = 16;

    private final String start;

    TagStyle(String start) {
        this.start = start;
    }

    static TagStyle parse(String text) {
        for (TagStyle style : values()) {
            if (style.name().toLowerCase(Locale.ROOT).equals(text)) {
                return style;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is not a choice: use weak, strong or none");
    }

    /**
     * The name of a content, the same on every node and after every restart.
     *
     * @param type its media type, which a 304 does not tell: the same bytes of another type are another content
     * @param coding its content coding
     * @param body its bytes
     */
    String of(@Nullable String type, @Nullable String coding, byte[] body) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
        digest.update((type + "\n" + coding + "\n").getBytes(StandardCharsets.UTF_8));
        byte[] hash = Arrays.copyOf(digest.digest(body), TAG_BYTES);
        return start + Base64.getUrlEncoder().withoutPadding().encodeToString(hash) + '"';
    }
}
