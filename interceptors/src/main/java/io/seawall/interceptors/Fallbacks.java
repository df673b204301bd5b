package io.seawall.interceptors;

import io.seawall.resilience.Failures;
import io.seawall.resilience.fallback.Recovery;
import jakarta.interceptor.InvocationContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The methods of one name that answer for a guarded one: of those that take the failure as their last parameter the one of the
 * nearest type, else the one without such a parameter. Where none takes the failure, it is thrown as it is.
 */
final class Fallbacks implements Recovery<InvocationContext> {

    private final List<FallbackMethod> nearestFirst;

    /**
     * Chooses by the first that fits.
     *
     * @param nearestFirst subclasses before what they extend, and the one that takes no failure last
     */
    Fallbacks(List<FallbackMethod> nearestFirst) {
        this.nearestFirst = List.copyOf(nearestFirst);
    }

    @Override
    public @Nullable Object recover(InvocationContext call, Exception failure) throws Exception {
        Throwable inside = Failures.unwrapped(failure);
        for (FallbackMethod method : nearestFirst) {
            if (method.failures() != null && method.takes(inside)) {
                return method.answer(call, inside);
            }
        }
        // Who asks for an EJBException itself means it.
        for (FallbackMethod method : nearestFirst) {
            if (method.takes(failure)) {
                return method.answer(call, failure);
            }
        }
        throw failure;
    }
}
