package io.seawall.interceptors;

import io.seawall.resilience.fallback.Recovery;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A method of the bean that answers when another has failed: called on the same bean, with the same arguments. */
final class FallbackMethod implements Recovery<InvocationContext> {

    private final Method method;

    private FallbackMethod(Method method) {
        this.method = method;
    }

    /**
     * Finds the method by its name: in the bean class, in a class above it, or as a default method of an interface.
     *
     * @throws IllegalArgumentException if there is none that fits; the message says what there is instead
     */
    static FallbackMethod find(Class<?> beanClass, Method guarded, String name) {
        List<Method> namesakes = new ArrayList<>();
        collect(beanClass, name, namesakes);
        for (Method candidate : namesakes) {
            if (fits(candidate, guarded)) {
                candidate.setAccessible(true);
                return new FallbackMethod(candidate);
            }
        }
        throw new IllegalArgumentException("there is no method " + signature(guarded, name)
                + " in " + beanClass.getName() + " or above it: a fallback is another method, not static, with the same"
                + " parameters and a return type that fits"
                + (namesakes.isEmpty()
                        ? ""
                        : "; there is "
                                + namesakes.stream().map(Method::toString).collect(Collectors.joining(" and "))));
    }

    @Override
    public @Nullable Object recover(InvocationContext call, Exception failure) throws Exception {
        try {
            return method.invoke(call.getTarget(), call.getParameters());
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            if (cause instanceof Exception exception) {
                throw exception;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    private static void collect(@Nullable Class<?> type, String name, List<Method> found) {
        if (type == null) {
            return;
        }
        for (Method method : type.getDeclaredMethods()) {
            // An abstract one will do: the bean's class is not abstract, and the call finds what it has made of it.
            if (method.getName().equals(name) && !method.isSynthetic()) {
                found.add(method);
            }
        }
        collect(type.getSuperclass(), name, found);
        for (Class<?> parent : type.getInterfaces()) {
            collect(parent, name, found);
        }
    }

    private static boolean fits(Method candidate, Method guarded) {
        return !candidate.equals(guarded)
                && !Modifier.isStatic(candidate.getModifiers())
                && Arrays.equals(candidate.getParameterTypes(), guarded.getParameterTypes())
                && guarded.getReturnType().isAssignableFrom(candidate.getReturnType());
    }

    private static String signature(Method guarded, String name) {
        return guarded.getReturnType().getTypeName() + " " + name
                + Arrays.stream(guarded.getParameterTypes())
                        .map(Class::getTypeName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
