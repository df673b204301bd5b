package io.seawall.interceptors;

import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A call whose attempts are made on several threads, one after the other. A container may keep in its context how far a call has come,
 * so an attempt is refused while an earlier one, of which nobody waits for the result any more, has not returned.
 */
final class LaterCall implements InvocationContext {

    private final String target;
    private final InvocationContext call;
    private final AtomicBoolean proceeding = new AtomicBoolean();

    LaterCall(String target, InvocationContext call) {
        this.target = target;
        this.call = call;
    }

    @Override
    public @Nullable Object proceed() throws Exception {
        if (!proceeding.compareAndSet(false, true)) {
            throw new EarlierAttemptException(target);
        }
        try {
            return call.proceed();
        } finally {
            proceeding.set(false);
        }
    }

    @Override
    public Object getTarget() {
        return call.getTarget();
    }

    @Override
    public @Nullable Object getTimer() {
        return call.getTimer();
    }

    @Override
    public Method getMethod() {
        return call.getMethod();
    }

    @Override
    public @Nullable Constructor<?> getConstructor() {
        return call.getConstructor();
    }

    @Override
    public @Nullable Object[] getParameters() {
        return call.getParameters();
    }

    @Override
    public void setParameters(@Nullable Object[] parameters) {
        call.setParameters(parameters);
    }

    @Override
    public Map<String, Object> getContextData() {
        return call.getContextData();
    }
}
