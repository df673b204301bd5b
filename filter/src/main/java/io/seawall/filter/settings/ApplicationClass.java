package io.seawall.filter.settings;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/** A class of the application that configuration names. */
public final class ApplicationClass {

    private ApplicationClass() {}

    /**
     * A new object of the class, from the application's class loader, or from our own where a thread has none.
     *
     * @param <T> what it must implement
     * @param name its binary name, for example {@code com.acme.ExportCost}
     * @param type the same
     * @return never the same object twice
     * @throws IllegalArgumentException if there is no such class, or none that can be used so; the message says why
     */
    public static <T> T newInstance(String name, Class<T> type) {
        Class<?> found = load(name, type);
        if (!type.isAssignableFrom(found)) {
            throw new IllegalArgumentException("class '" + name + "' does not implement " + type.getName()
                    + ": implement it, or name another class; if it does, keep Seawall in one place only, since two copies"
                    + " have an interface each");
        }
        Class<? extends T> implementation = found.asSubclass(type);
        if (!Modifier.isPublic(found.getModifiers()) || Modifier.isAbstract(found.getModifiers())) {
            throw unusable(name, null);
        }
        try {
            Constructor<? extends T> constructor = implementation.getConstructor();
            return constructor.newInstance();
        } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
            throw unusable(name, e);
        } catch (InvocationTargetException e) {
            throw broken(name, e.getCause() == null ? e : e.getCause());
        } catch (LinkageError e) {
            throw broken(name, e);
        }
    }

    private static Class<?> load(String name, Class<?> type) {
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        Class<?> found = application == null ? null : find(name, application);
        found = found == null ? find(name, ApplicationClass.class.getClassLoader()) : found;
        if (found == null) {
            throw new IllegalArgumentException("there is no class '" + name
                    + "' in the application: write the full name of a class that implements " + type.getName()
                    + ", and put it into WEB-INF/classes or WEB-INF/lib");
        }
        return found;
    }

    private static @Nullable Class<?> find(String name, @Nullable ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            return null;
        } catch (LinkageError e) {
            throw broken(name, e);
        }
    }

    private static IllegalArgumentException unusable(String name, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "class '" + name + "' cannot be made: make it public, not abstract and, if it is nested, static, with a"
                        + " public constructor without arguments",
                cause);
    }

    private static IllegalArgumentException broken(String name, Throwable cause) {
        return new IllegalArgumentException("class '" + name + "' cannot be made, it throws " + cause, cause);
    }
}
