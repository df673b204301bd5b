package io.seawall.interceptors.jmx;

import org.jspecify.annotations.Nullable;

/** What an application is called on its server. */
final class ApplicationName {

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

    private static @Nullable String module() {
        try {
            return ModuleName.find();
        } catch (LinkageError noNaming) { // a run time without the module java.naming
            return null;
        }
    }
}
