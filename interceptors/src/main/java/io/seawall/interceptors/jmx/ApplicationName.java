package io.seawall.interceptors.jmx;

import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/** What an application is called on its server. */
final class ApplicationName {

    private static final String MODULE = "java:module/ModuleName";

    /** Where nobody knows it; other applications without a name get a number after it. */
    private static final String UNKNOWN = "application";

    private ApplicationName() {}

    /**
     * The best there is.
     *
     * @param contextPath of the web application; null if it is none, or its server does not tell
     */
    static String of(@Nullable String contextPath) {
        if (contextPath != null) {
            return contextPath.isEmpty() ? "/" : contextPath;
        }
        String module = module();
        return module == null ? UNKNOWN : module;
    }

    @SuppressWarnings("BanJNDI") // The name is a constant.
    private static @Nullable String module() {
        try {
            return InitialContext.doLookup(MODULE) instanceof String name ? name : null;
        } catch (NamingException absent) {
            return null;
        }
    }
}
