package io.seawall.interceptors.transaction;

import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** What the server has under names that are fixed. */
final class ServerNames {

    private ServerNames() {}

    /** Empty also where the thread is none of the server's: {@code java:comp} belongs to those. */
    @SuppressWarnings("BanJNDI") // The names are constants.
    static Optional<Object> find(String name) {
        try {
            return Optional.of(InitialContext.doLookup(name));
        } catch (NamingException absent) {
            return Optional.empty();
        }
    }
}
