package io.seawall.interceptors.rest;

import io.seawall.resilience.Failures;
import io.seawall.resilience.RejectedException;
import jakarta.annotation.Priority;
import jakarta.ejb.EJBException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Providers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks into the {@code EJBException} that a container puts around a {@link RejectedException} when an EJB refuses a call of
 * a resource: it is answered as if the EJB had been none, by whichever mapper the application has for it.
 *
 * <p>Everything else is answered as if this mapper were not there, as far as a mapper can: by the mapper for what is inside,
 * which is what REST wants where the EJB is the resource (Jakarta RESTful Web Services 3.1, section 11.2.4), else by the
 * application's mapper for all exceptions, else by nobody: the exception goes on.
 *
 * <p>Added by {@link RejectedEjbCalls}, behind a mapper of the application for {@code EJBException}. Thread-safe: it keeps
 * nothing of a call.
 */
@Priority(RejectedExceptionMapper.PRIORITY)
public class EjbExceptionMapper implements ExceptionMapper<EJBException> {

    @Context
    // The container sets it before the first answer.
    @SuppressWarnings("NullAway.Init")
    Providers providers;

    /** For the container. */
    public EjbExceptionMapper() {}

    /**
     * Makes the answer.
     *
     * @param failure what left the resource
     * @return what the mapper for what is inside answers
     * @throws EJBException the same, if there is none
     */
    @Override
    public Response toResponse(EJBException failure) {
        Throwable inside = inside(failure);
        if (inside instanceof WebApplicationException answer) {
            return answer.getResponse();
        }
        ExceptionMapper<EJBException> ofAll = mapperOf(RuntimeException.class);
        ExceptionMapper<Throwable> ofInside = inside == null ? null : mapperOf(inside.getClass());
        if (inside != null && ofInside != null && (ofAll == null || ofInside.getClass() != ofAll.getClass())) {
            return ofInside.toResponse(inside);
        }
        if (ofAll != null) {
            return ofAll.toResponse(failure);
        }
        throw failure;
    }

    /** A mapper for a class of exceptions takes each of them. */
    @SuppressWarnings("unchecked")
    private <T extends Throwable> @Nullable ExceptionMapper<T> mapperOf(Class<? extends Throwable> type) {
        return (ExceptionMapper<T>) providers.getExceptionMapper(type);
    }

    /** The refusal, if there is one, however deep; else what the container was given. */
    private static @Nullable Throwable inside(EJBException failure) {
        Optional<RejectedException> refusal = Failures.first(failure, RejectedException.class);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        List<Throwable> all = new ArrayList<>();
        Failures.any(failure, cause -> !(cause instanceof EJBException) && all.add(cause));
        return all.isEmpty() ? null : all.get(0);
    }
}
