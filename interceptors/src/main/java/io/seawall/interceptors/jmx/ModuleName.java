package io.seawall.interceptors.jmx;

import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/** What the server calls the module of the calling thread. Loads only where the JDK has JNDI. */
final class ModuleName {

    private static final String NAME = "java:module/ModuleName";

    private ModuleName() {}

    /** Null if there is none. */
    @SuppressWarnings("BanJNDI") // The name is a constant.
    static @Nullable String find() {
        try {
            return InitialContext.doLookup(NAME) instanceof String name ? name : null;
        } catch (NamingException absent) {
            return null;
        }
    }
}
