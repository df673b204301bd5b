package io.seawall.interceptors;

import io.seawall.interceptors.GuardedMethods.Guarded;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/**
 * What a guarded method returns, as the bean has it.
 *
 * @param comesLater whether the call ends when a {@link CompletionStage} does, and not when the method returns
 * @param isUnseen whether there is a result that comes later, and nobody can tell when
 * @param type of the result itself, not of the stage; as an object, and {@link Void} for nothing
 */
record MethodResult(boolean comesLater, boolean isUnseen, Class<?> type) {

    /** Whoever handles these calls the method on a thread that waits for it: there the call ends as any other. */
    private static final Set<String> ON_A_THREAD_OF_ITS_OWN =
            Set.of("jakarta.ejb.Asynchronous", "jakarta.enterprise.concurrent.Asynchronous");

    static MethodResult of(Class<?> beanClass, Guarded guarded) {
        Method method = guarded.method();
        TypeArguments types = TypeArguments.of(beanClass);
        Type declared = method.getGenericReturnType();
        Class<?> type = types.erased(declared);
        boolean waitedFor = ON_A_THREAD_OF_ITS_OWN.stream().anyMatch(guarded::isAlso);
        boolean stage = type == CompletionStage.class || type == CompletableFuture.class;
        if (stage && !waitedFor) {
            return new MethodResult(true, false, ofStage(types, declared));
        }
        boolean future = Future.class.isAssignableFrom(type) || CompletionStage.class.isAssignableFrom(type);
        return new MethodResult(
                false, future && !waitedFor, MethodType.methodType(type).wrap().returnType());
    }

    private static Class<?> ofStage(TypeArguments types, Type stage) {
        return stage instanceof ParameterizedType parameterized
                ? types.erased(parameterized.getActualTypeArguments()[0])
                : Object.class;
    }
}
