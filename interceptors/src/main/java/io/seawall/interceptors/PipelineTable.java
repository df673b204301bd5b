package io.seawall.interceptors;

import io.seawall.resilience.pipeline.Pipeline;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The pipeline of every guarded method of every bean class, compiled at deployment. Thread-safe.
 *
 * <p>The object that is called is often of a class that the container has made below the bean class, so the bean class is
 * found once for each class that is met, and remembered.
 */
final class PipelineTable {

    private final Map<Class<?>, Map<Method, Pipeline<InvocationContext>>> byBeanClass = new ConcurrentHashMap<>();
    private final Map<Class<?>, Map<Method, Pipeline<InvocationContext>>> byMetClass = new ConcurrentHashMap<>();

    void put(Class<?> beanClass, Method method, Pipeline<InvocationContext> pipeline) {
        byBeanClass.computeIfAbsent(beanClass, key -> new ConcurrentHashMap<>()).put(method, pipeline);
    }

    int size() {
        return byBeanClass.values().stream().mapToInt(Map::size).sum();
    }

    Set<Class<?>> beanClasses() {
        return Set.copyOf(byBeanClass.keySet());
    }

    Pipeline<InvocationContext> find(InvocationContext call) {
        Class<?> metClass = call.getTarget().getClass();
        Map<Method, Pipeline<InvocationContext>> methods = byMetClass.get(metClass);
        if (methods == null) {
            methods = ofBeanClass(metClass);
            byMetClass.put(metClass, methods);
        }
        Pipeline<InvocationContext> pipeline = methods.get(call.getMethod());
        if (pipeline == null) {
            pipeline = ofBridgedMethod(methods, call.getMethod());
        }
        if (pipeline == null) {
            throw new IllegalStateException(call.getMethod() + " of " + metClass.getName()
                    + " is intercepted by @Resilient, but was not annotated at deployment: put @Resilient on the bean"
                    + " class, on the method itself, or on a stereotype or interceptor binding of these");
        }
        return pipeline;
    }

    /** A public class below one that is not gets bridges from the compiler, and CDI may report the bridge as the method. */
    private static @Nullable Pipeline<InvocationContext> ofBridgedMethod(
            Map<Method, Pipeline<InvocationContext>> methods, Method bridge) {
        if (!bridge.isBridge()) {
            return null;
        }
        for (Map.Entry<Method, Pipeline<InvocationContext>> entry : methods.entrySet()) {
            Method method = entry.getKey();
            if (method.getName().equals(bridge.getName())
                    && Arrays.equals(method.getParameterTypes(), bridge.getParameterTypes())) {
                methods.put(bridge, entry.getValue());
                return entry.getValue();
            }
        }
        return null;
    }

    private Map<Method, Pipeline<InvocationContext>> ofBeanClass(Class<?> metClass) {
        for (@Nullable Class<?> type = metClass; type != null; type = type.getSuperclass()) {
            Map<Method, Pipeline<InvocationContext>> methods = byBeanClass.get(type);
            if (methods != null) {
                return methods;
            }
        }
        return Map.of();
    }
}
