package io.seawall.servers;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/**
 * Somebody whom a server knows, by name and password.
 *
 * @param user the name
 * @param password for this run of the tests alone
 */
record Login(String user, String password) {

    static Login of(String user) {
        return new Login(user, UUID.randomUUID().toString());
    }

    /** The value of the field {@code Authorization} (RFC 7617). */
    String basic() {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
