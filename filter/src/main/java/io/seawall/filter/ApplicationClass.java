package io.seawall.filter;

import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/** A class of the application that a setting names. */
final class ApplicationClass {

    private ApplicationClass() {}

    /**
     * Constructs one, of the class that the application sees by that name.
     *
     * @throws IllegalArgumentException if that is not possible; the message names the class, the rule and the fix
     */
    static <T> T newInstance(String name, Class<T> type) {
        Class<?> found = load(name, type);
        if (!type.isAssignableFrom(found)) {
            throw new IllegalArgumentException("class '" + name + "' does not implement " + type.getName()
                    + ": let it, and keep Seawall in one place only, since two copies have an interface each");
        }
        try {
            return type.cast(found.getConstructor().newInstance());
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    "class '" + name + "' cannot be constructed, its constructor has thrown " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "class '" + name
                            + "' cannot be constructed: make it a public class that is not abstract, with a public"
                            + " constructor without parameters (and static, if it is within another)",
                    e);
        } catch (LinkageError e) {
            throw new IllegalArgumentException("class '" + name + "' cannot be initialised: " + e, e);
        }
    }

    /** By the application's loader; by our own where a server sets none. */
    private static Class<?> load(String name, Class<?> type) {
        Class<?> found = find(name, Thread.currentThread().getContextClassLoader());
        if (found == null) {
            found = find(name, type.getClassLoader());
        }
        if (found == null) {
            throw new IllegalArgumentException("there is no class '" + name + "': write the full name of a class that"
                    + " implements " + type.getName() + ", and put it into the application");
        }
        return found;
    }

    private static @Nullable Class<?> find(String name, @Nullable ClassLoader loader) {
        try {
            return loader == null ? null : Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            return null;
        } catch (LinkageError e) {
            throw new IllegalArgumentException("class '" + name + "' cannot be loaded: " + e, e);
        }
    }
}
