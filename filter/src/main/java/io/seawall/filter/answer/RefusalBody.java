package io.seawall.filter.answer;

import io.seawall.filter.settings.ApplicationClass;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;

/** What the init-param {@code refusal-page} means: nothing, a page of the application, or a class of its own. */
public final class RefusalBody {

    private RefusalBody() {}

    /**
     * Reads the setting.
     *
     * @param text a path that begins with {@code /}, the name of a class, or nothing
     * @param application whose page or class it is
     * @return what writes the bodies
     * @throws IllegalArgumentException if there is no such page or class, or none that can be used so
     */
    public static RefusalWriter parse(String text, ServletContext application) {
        if (text.isEmpty()) {
            return new NegotiatedBody(null);
        }
        return text.startsWith("/")
                ? new NegotiatedBody(page(text, application))
                : new GuardedWriter(writer(text), new NegotiatedBody(null));
    }

    private static RefusalWriter writer(String className) {
        try {
            return ApplicationClass.newInstance(className, RefusalWriter.class);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + " (the path of a page begins with '/')", e);
        }
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
}
