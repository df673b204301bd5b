package io.seawall.interceptors;

import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call that fails with the given exceptions, one after another, and then returns. */
class Call implements InvocationContext {

    private final Map<String, Object> contextData = new HashMap<>();
    private final List<Exception> failures;
    int attempts;

    Call(Exception... failures) {
        this.failures = List.of(failures);
    }

    @Override
    public Object proceed() throws Exception {
        if (attempts < failures.size()) {
            throw failures.get(attempts++);
        }
        attempts++;
        return "result";
    }

    @Override
    public Map<String, Object> getContextData() {
        return contextData;
    }

    @Override
    public Object getTarget() {
        return this;
    }

    @Override
    public @Nullable Object getTimer() {
        return null;
    }

    @Override
    public @Nullable Method getMethod() {
        return null;
    }

    @Override
    public @Nullable Constructor<?> getConstructor() {
        return null;
    }

    @Override
    public Object[] getParameters() {
        return new Object[0];
    }

    @Override
    public void setParameters(Object[] parameters) {}
}
