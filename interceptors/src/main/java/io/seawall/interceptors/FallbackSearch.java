package io.seawall.interceptors;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the methods that may stand in for another, as MicroProfile Fault Tolerance 4.1 has it (chapter Fallback): of the class
 * that declares the guarded method, or of a class or interface above it, and such as that class could call; with the same
 * parameters and a return type that fits, all type variables put in. Beyond that, a last parameter may take the failure.
 */
final class FallbackSearch {

    private final Method guarded;
    private final String name;
    private final TypeArguments types;

    private FallbackSearch(Class<?> beanClass, Method guarded, String name) {
        this.guarded = guarded;
        this.name = name;
        this.types = TypeArguments.of(beanClass);
    }

    /**
     * Finds the methods by their name.
     *
     * @throws IllegalArgumentException if there is none that fits; the message says what there is instead
     */
    static Fallbacks find(Class<?> beanClass, Method guarded, String name) {
        return new FallbackSearch(beanClass, guarded, name).find();
    }

    private Fallbacks find() {
        List<Method> namesakes = new ArrayList<>();
        collect(guarded.getDeclaringClass(), namesakes);
        Map<@Nullable Class<?>, FallbackMethod> found = new LinkedHashMap<>();
        for (Method candidate : namesakes) {
            if (fits(candidate)) {
                // What is found first is what the bean calls: it is the nearest, and overrides the others.
                Class<?> failures = failures(candidate);
                found.computeIfAbsent(failures, type -> accessible(candidate, type));
            }
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(nothingFits(namesakes));
        }
        return new Fallbacks(found.values().stream()
                .sorted(Comparator.comparing((FallbackMethod method) -> depth(method.failures()))
                        .reversed())
                .toList());
    }

    private void collect(@Nullable Class<?> type, List<Method> found) {
        if (type == null) {
            return;
        }
        for (Method method : type.getDeclaredMethods()) {
            // An abstract one will do: the bean's class is not abstract, and the call finds what it has made of it.
            if (method.getName().equals(name) && !method.isSynthetic() && !found.contains(method)) {
                found.add(method);
            }
        }
        collect(type.getSuperclass(), found);
        for (Class<?> parent : type.getInterfaces()) {
            collect(parent, found);
        }
    }

    private boolean fits(Method candidate) {
        return !candidate.equals(guarded)
                && !Modifier.isStatic(candidate.getModifiers())
                && isAccessible(candidate)
                && hasParameters(candidate)
                && types.fits(candidate.getGenericReturnType(), guarded.getGenericReturnType());
    }

    private boolean isAccessible(Method candidate) {
        Class<?> from = guarded.getDeclaringClass();
        Class<?> declaring = candidate.getDeclaringClass();
        int modifiers = candidate.getModifiers();
        if (Modifier.isPrivate(modifiers)) {
            return declaring == from;
        }
        return Modifier.isPublic(modifiers)
                || Modifier.isProtected(modifiers)
                || declaring.getPackageName().equals(from.getPackageName());
    }

    private boolean hasParameters(Method candidate) {
        Type[] own = candidate.getGenericParameterTypes();
        Type[] wanted = guarded.getGenericParameterTypes();
        if (own.length != wanted.length && !takesFailure(candidate)) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (!types.same(own[i], wanted[i])) {
                return false;
            }
        }
        return true;
    }

    private boolean takesFailure(Method candidate) {
        Class<?>[] parameters = candidate.getParameterTypes();
        int last = guarded.getParameterCount();
        return parameters.length == last + 1 && Throwable.class.isAssignableFrom(parameters[last]);
    }

    private @Nullable Class<?> failures(Method fitting) {
        int last = guarded.getParameterCount();
        return fitting.getParameterCount() == last ? null : types.erased(fitting.getGenericParameterTypes()[last]);
    }

    private static FallbackMethod accessible(Method method, @Nullable Class<?> failures) {
        method.setAccessible(true);
        return new FallbackMethod(method, failures);
    }

    /** How far below {@link Object}: of two classes of one failure, the one that is further down is nearer. */
    private static int depth(@Nullable Class<?> failures) {
        int depth = 0;
        for (@Nullable Class<?> type = failures; type != null; type = type.getSuperclass()) {
            depth++;
        }
        return depth;
    }

    private String nothingFits(List<Method> namesakes) {
        String instead = namesakes.stream().map(Method::toGenericString).collect(Collectors.joining(" and "));
        return "there is no method " + signature() + " in "
                + guarded.getDeclaringClass().getName()
                + " or above it: a fallback is another method, not static, that this class could call, with the same"
                + " parameters, to which an exception may be added, and a return type that fits"
                + (instead.isEmpty() ? "" : "; there is " + instead);
    }

    private String signature() {
        return types.resolve(guarded.getGenericReturnType()).text() + " " + name
                + Arrays.stream(guarded.getGenericParameterTypes())
                        .map(parameter -> types.resolve(parameter).text())
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
