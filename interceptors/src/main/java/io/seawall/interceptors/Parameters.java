package io.seawall.interceptors;

import io.seawall.resilience.CallMemory;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a call as they came: an interceptor further inside may replace them, and the next attempt must not begin with what the
 * last one made of them. What a parameter refers to is not copied.
 */
final class Parameters implements CallMemory<InvocationContext> {

    private final int count;

    private Parameters(int count) {
        this.count = count;
    }

    static Parameters of(Method method) {
        return new Parameters(method.getParameterCount());
    }

    /** One is kept as it is, so that most calls allocate nothing. A method without any, as one that a timer calls, has nothing to keep. */
    @Override
    public @Nullable Object save(InvocationContext call) {
        if (count == 0) {
            return null;
        }
        Object[] parameters = call.getParameters();
        return count == 1 ? parameters[0] : parameters.clone();
    }

    @Override
    public void restore(InvocationContext call, @Nullable Object saved) {
        if (count == 1) {
            call.setParameters(new Object[] {saved});
        } else if (saved instanceof Object[] parameters) {
            call.setParameters(parameters.clone());
        }
    }
}
