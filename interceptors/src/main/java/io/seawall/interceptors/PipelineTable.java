package io.seawall.interceptors;

import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How every guarded method of every bean class is called, compiled at deployment. Thread-safe.
 *
 * <p>The object that is called is often of a class that the container has made below the bean class, so the bean class is
 * found once for each class that is met, and remembered.
 */
final class PipelineTable {

    private final Map<Class<?>, Map<Method, GuardedCall>> byBeanClass = new ConcurrentHashMap<>();
    private final Map<Class<?>, Map<Method, GuardedCall>> byMetClass = new ConcurrentHashMap<>();

    void put(Class<?> beanClass, Method method, GuardedCall guarded) {
        byBeanClass.computeIfAbsent(beanClass, key -> new ConcurrentHashMap<>()).put(method, guarded);
    }

    int size() {
        return byBeanClass.values().stream().mapToInt(Map::size).sum();
    }

    Set<Class<?>> beanClasses() {
        return Set.copyOf(byBeanClass.keySet());
    }

    GuardedCall find(InvocationContext call) {
        Class<?> metClass = call.getTarget().getClass();
        Map<Method, GuardedCall> methods = byMetClass.get(metClass);
        if (methods == null) {
            methods = ofBeanClass(metClass);
            byMetClass.put(metClass, methods);
        }
        GuardedCall guarded = methods.get(call.getMethod());
        if (guarded == null) {
            guarded = ofBridgedMethod(methods, call.getMethod());
        }
        if (guarded == null) {
            throw new IllegalStateException(call.getMethod() + " of " + metClass.getName()
                    + " is intercepted by @Resilient, but was not annotated at deployment: put @Resilient on the bean"
                    + " class, on the method itself, or on a stereotype or interceptor binding of these");
        }
        return guarded;
    }

    /** A public class below one that is not gets bridges from the compiler, and CDI may report the bridge as the method. */
    private static @Nullable GuardedCall ofBridgedMethod(Map<Method, GuardedCall> methods, Method bridge) {
        if (!bridge.isBridge()) {
            return null;
        }
        for (Map.Entry<Method, GuardedCall> entry : methods.entrySet()) {
            Method method = entry.getKey();
            if (method.getName().equals(bridge.getName())
                    && Arrays.equals(method.getParameterTypes(), bridge.getParameterTypes())) {
                methods.put(bridge, entry.getValue());
                return entry.getValue();
            }
        }
        return null;
    }

    private Map<Method, GuardedCall> ofBeanClass(Class<?> metClass) {
        for (@Nullable Class<?> type = metClass; type != null; type = type.getSuperclass()) {
            Map<Method, GuardedCall> methods = byBeanClass.get(type);
            if (methods != null) {
                return methods;
            }
        }
        return Map.of();
    }
}
