package io.seawall.resilience;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Looks at what a method threw through the exceptions that containers and the JDK put around it. */
public final class Failures {

    private static final String EJB_EXCEPTION = "jakarta.ejb.EJBException";
    private static final String APPLICATION_EXCEPTION = "jakarta.ejb.ApplicationException";
    private static final String CONSTRAINT_VIOLATION = "jakarta.validation.ConstraintViolationException";
    private static final String WEB_APPLICATION_EXCEPTION = "jakarta.ws.rs.WebApplicationException";

    /** Request Timeout, Too Early, Too Many Requests: the same request may be answered later. */
    private static final Set<Integer> ANSWERED_LATER = Set.of(408, 425, 429);

    /** How many causes are looked at: a chain of causes may be a ring, and then its length is no bound. */
    private static final int DEEPEST = 16;

    private Failures() {}

    /**
     * Whether a failure, or one that it was put around, is of a kind. Looks through {@code EJBException} and its subclasses,
     * {@link InvocationTargetException}, {@link UndeclaredThrowableException}, {@link ExecutionException} and
     * {@link CompletionException}; a cause of anything else is not the failure.
     *
     * @param failure what was thrown
     * @param kind asked about the failure and about what it wraps, from the outside in
     * @return true if one of them is of the kind
     */
    public static boolean any(Throwable failure, Predicate<? super Throwable> kind) {
        @Nullable Throwable current = failure;
        for (int depth = 0; current != null && depth < DEEPEST; depth++) {
            if (kind.test(current)) {
                return true;
            }
            current = isWrapper(current) ? current.getCause() : null;
        }
        return false;
    }

    /**
     * The first of a type, from the outside in, of a failure and what it wraps; see {@link #any}.
     *
     * @param failure what was thrown
     * @param type what is looked for
     * @param <T> the same
     * @return the failure of the type, if there is one
     */
    public static <T extends Throwable> Optional<T> first(Throwable failure, Class<T> type) {
        if (type.isInstance(failure)) {
            return Optional.of(type.cast(failure)); // as most are: a refusal is made often, and should cost little
        }
        List<T> found = new ArrayList<>(1);
        any(failure, cause -> type.isInstance(cause) && found.add(type.cast(cause)));
        return found.stream().findFirst();
    }

    /**
     * Whether the call was refused by Seawall before it began: it says nothing about the dependency.
     *
     * @param failure what was thrown
     * @return true if it is, or wraps, a {@link RejectedException} of a call that was not attempted
     */
    public static boolean notAttempted(Throwable failure) {
        return any(failure, cause -> cause instanceof RejectedException rejected && !rejected.attempted());
    }

    /**
     * Whether nothing may follow a failure: neither another attempt nor another answer.
     *
     * @param failure what was thrown
     * @return true if it is, or wraps, an {@link Error}, which is beyond an answer, or an {@link InterruptedException}, which
     *     asks the thread to stop
     */
    public static boolean isFinal(Throwable failure) {
        return any(failure, cause -> cause instanceof Error || cause instanceof InterruptedException);
    }

    /**
     * Whether the same call would be refused again, however well the dependency is: what is wrong is the call.
     *
     * @param failure what was thrown
     * @return true if it is, or wraps, an {@link IllegalArgumentException}, a {@code ConstraintViolationException}, an exception
     *     of a class with {@code @jakarta.ejb.ApplicationException} (of a superclass only where that is inherited), or a
     *     {@code WebApplicationException} of a status from 400 to 499 other than 408, 425 and 429
     */
    public static boolean isCallersFault(Throwable failure) {
        return any(failure, Failures::isCallersFaultItself);
    }

    /**
     * What was thrown, without what containers and the JDK put around it: the wrappers of {@link #any}.
     *
     * @param failure what was thrown
     * @return the failure inside the innermost wrapper, or that wrapper if there is nothing in it
     */
    public static Throwable unwrapped(Throwable failure) {
        Throwable current = failure;
        for (int depth = 1; depth < DEEPEST && isWrapper(current); depth++) {
            Throwable cause = current.getCause();
            if (cause == null) {
                break;
            }
            current = cause;
        }
        return current;
    }

    private static boolean isCallersFaultItself(Throwable failure) {
        if (failure instanceof IllegalArgumentException) {
            return true;
        }
        for (@Nullable Class<?> type = failure.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals(CONSTRAINT_VIOLATION)
                    || isApplicationException(type, type == failure.getClass())
                    || (type.getName().equals(WEB_APPLICATION_EXCEPTION) && isRefusedForGood(type, failure))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isApplicationException(Class<?> type, boolean itself) {
        for (Annotation annotation : type.getDeclaredAnnotations()) {
            if (annotation.annotationType().getName().equals(APPLICATION_EXCEPTION)) {
                return itself || isInherited(annotation);
            }
        }
        return false;
    }

    private static boolean isInherited(Annotation applicationException) {
        try {
            return (boolean)
                    applicationException.annotationType().getMethod("inherited").invoke(applicationException);
        } catch (ReflectiveOperationException unknown) {
            return true; // the default of the annotation
        }
    }

    /** By the public methods of the API's own classes: those of its implementation may be closed to us. */
    private static boolean isRefusedForGood(Class<?> api, Throwable failure) {
        try {
            Object response = api.getMethod("getResponse").invoke(failure);
            Class<?> responseApi = api.getMethod("getResponse").getReturnType();
            int status = (int) responseApi.getMethod("getStatus").invoke(response);
            return status >= 400 && status < 500 && !ANSWERED_LATER.contains(status);
        } catch (ReflectiveOperationException | RuntimeException noStatus) {
            return false;
        }
    }

    private static boolean isWrapper(Throwable failure) {
        return failure instanceof InvocationTargetException
                || failure instanceof UndeclaredThrowableException
                || failure instanceof ExecutionException
                || failure instanceof CompletionException
                || isEjbException(failure.getClass());
    }

    /** By name: the engine knows the JDK alone. */
    private static boolean isEjbException(Class<?> type) {
        for (@Nullable Class<?> parent = type; parent != null; parent = parent.getSuperclass()) {
            if (parent.getName().equals(EJB_EXCEPTION)) {
                return true;
            }
        }
        return false;
    }
}
