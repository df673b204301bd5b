package io.seawall.interceptors;

import jakarta.interceptor.InvocationContext;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A method of the bean that answers when another has failed: called on the same bean, with the same arguments.
 *
 * @param method what is called; where a subclass has overridden it, that
 * @param failures what its last parameter takes; null if it has no such parameter, and answers whatever the failure is
 */
record FallbackMethod(Method method, @Nullable Class<?> failures) {

    boolean takes(Throwable failure) {
        return failures == null || failures.isInstance(failure);
    }

    @Nullable
    Object answer(InvocationContext call, Throwable failure) throws Exception {
        try {
            return method.invoke(call.getTarget(), arguments(call.getParameters(), failure));
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

    private @Nullable Object[] arguments(@Nullable Object[] parameters, Throwable failure) {
        if (failures == null) {
            return parameters;
        }
        @Nullable Object[] arguments = Arrays.copyOf(parameters, parameters.length + 1, Object[].class);
        arguments[parameters.length] = failure;
        return arguments;
    }
}
