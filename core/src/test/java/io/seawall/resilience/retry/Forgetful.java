package io.seawall.resilience.retry;

import io.seawall.resilience.CallMemory;
import org.jspecify.annotations.Nullable;

/** Nothing of a call is changed by an attempt. */
final class Forgetful implements CallMemory<Object> {

    @Override
    public @Nullable Object save(Object call) {
        return null;
    }

    @Override
    public void restore(Object call, @Nullable Object saved) {}
}
