package io.seawall.interceptors;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which method takes the place of which (Java Language Specification, sections 8.4.2 and 8.4.8.1): one of the same name, with
 * the same parameters as a class below has them. {@code void call(String)} overrides {@code void call(X)} where {@code X} is
 * {@code String}; the compiler's bridge between the two, which would tell as much, cannot be told from the bridge that a
 * public class has of a method of a class that is not public.
 */
final class Overriding {

    private Overriding() {}

    /**
     * Whether a method overrides another.
     *
     * @param below the one that may override
     * @param above the one that may be overridden
     * @param type the class of the object, which has both or inherits them
     */
    static boolean overrides(Method below, Method above, Class<?> type) {
        return below.getName().equals(above.getName())
                && below.getParameterCount() == above.getParameterCount()
                && !below.isSynthetic()
                && isInherited(above, below.getDeclaringClass())
                && !Modifier.isPrivate(below.getModifiers())
                && !Modifier.isStatic(below.getModifiers())
                && hasParametersOf(below, above, type);
    }

    private static boolean isInherited(Method above, Class<?> below) {
        Class<?> declaring = above.getDeclaringClass();
        int modifiers = above.getModifiers();
        boolean ofPackage = !Modifier.isPublic(modifiers) && !Modifier.isProtected(modifiers);
        return declaring != below
                && declaring.isAssignableFrom(below)
                && !Modifier.isPrivate(modifiers)
                && !Modifier.isStatic(modifiers)
                && (!ofPackage || declaring.getPackageName().equals(below.getPackageName()));
    }

    private static boolean hasParametersOf(Method below, Method above, Class<?> type) {
        if (Arrays.equals(below.getParameterTypes(), above.getParameterTypes())) {
            return true;
        }
        Map<TypeVariable<?>, Type> arguments = arguments(type);
        Type[] parameters = above.getGenericParameterTypes();
        Type[] own = below.getGenericParameterTypes();
        for (int i = 0; i < parameters.length; i++) {
            if (erased(parameters[i], arguments) != erased(own[i], arguments)) {
                return false;
            }
        }
        return true;
    }

    /** What the type variables of the classes above stand for. */
    private static Map<TypeVariable<?>, Type> arguments(Class<?> type) {
        Map<TypeVariable<?>, Type> arguments = new HashMap<>();
        for (@Nullable Class<?> current = type; current != null; current = current.getSuperclass()) {
            if (current.getGenericSuperclass() instanceof ParameterizedType parent) {
                TypeVariable<?>[] variables = current.getSuperclass().getTypeParameters();
                for (int i = 0; i < variables.length; i++) {
                    arguments.put(variables[i], parent.getActualTypeArguments()[i]);
                }
            }
        }
        return arguments;
    }

    private static Class<?> erased(Type type, Map<TypeVariable<?>, Type> arguments) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        }
        if (type instanceof GenericArrayType array) {
            return erased(array.getGenericComponentType(), arguments).arrayType();
        }
        if (type instanceof TypeVariable<?> variable) {
            return erased(arguments.getOrDefault(variable, variable.getBounds()[0]), arguments);
        }
        throw new IllegalArgumentException(type + " is no type of a parameter");
    }
}
