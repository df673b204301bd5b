package io.seawall.interceptors;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;

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
        TypeArguments arguments = TypeArguments.of(type);
        Type[] parameters = above.getGenericParameterTypes();
        Type[] own = below.getGenericParameterTypes();
        for (int i = 0; i < parameters.length; i++) {
            if (arguments.erased(parameters[i]) != arguments.erased(own[i])) {
                return false;
            }
        }
        return true;
    }
}
