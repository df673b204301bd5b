package io.seawall.filter;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;

/** What the init-param {@code refusal-page} means: nothing, a page of the application, or a class of its own. */
final class RefusalBody {

    private RefusalBody() {}

    static RefusalWriter parse(String text, ServletContext application) {
        if (text.isEmpty()) {
            return new NegotiatedBody(null);
        }
        return text.startsWith("/")
                ? new NegotiatedBody(page(text, application))
                : new GuardedWriter(writer(text, application), new NegotiatedBody(null));
    }

    private static PageTemplate page(String path, ServletContext application) {
        try (InputStream page = application.getResourceAsStream(path)) {
            if (page == null) {
                throw new IllegalArgumentException("the application has no resource '" + path
                        + "': write its path from the root of the application, for example /WEB-INF/too-many.html");
            }
            return PageTemplate.read(page, path);
        } catch (IOException e) {
            throw new IllegalArgumentException("'" + path + "' cannot be read (" + e + "): make it a readable file", e);
        }
    }

    private static RefusalWriter writer(String className, ServletContext application) {
        Class<?> type;
        try {
            type = Class.forName(className, true, loader(application));
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalArgumentException(
                    "there is no such class (" + e
                            + "): write the path of a page, which begins with '/', or the full name of a class that implements "
                            + RefusalWriter.class.getName(),
                    e);
        }
        if (!RefusalWriter.class.isAssignableFrom(type)) {
            throw new IllegalArgumentException("the class does not implement " + RefusalWriter.class.getName());
        }
        try {
            return (RefusalWriter) type.getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException("its constructor has failed: " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "the class cannot be made (" + e
                            + "): it must be public, not abstract, and have a public constructor without parameters",
                    e);
        }
    }

    /** The application's own, since this class may come from a library of the server; an embedded server may have none. */
    private static ClassLoader loader(ServletContext application) {
        ClassLoader loader = application.getClassLoader();
        return loader == null ? RefusalBody.class.getClassLoader() : loader;
    }
}
