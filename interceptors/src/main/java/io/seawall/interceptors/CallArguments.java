package io.seawall.interceptors;

import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Array;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a call asks for: all its arguments, as they were when it began. Arrays are compared by what is in them, all else by
 * {@link Object#equals}. The array of the arguments, and arrays in it, are copied; what else they refer to is not.
 */
final class CallArguments {

    private final @Nullable Object[] arguments;
    private final int hash;

    private CallArguments(@Nullable Object[] arguments) {
        this.arguments = arguments;
        this.hash = Arrays.deepHashCode(arguments);
    }

    /** Of a call; one that a timer makes has none. */
    static CallArguments of(InvocationContext call) {
        @Nullable Object @Nullable [] parameters = call.getParameters();
        return new CallArguments(parameters == null ? new Object[0] : copy(parameters));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallArguments that && hash == that.hash && Arrays.deepEquals(arguments, that.arguments);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    private static @Nullable Object[] copy(@Nullable Object[] array) {
        @Nullable Object[] copy = array.clone();
        for (int i = 0; i < copy.length; i++) {
            copy[i] = copied(copy[i]);
        }
        return copy;
    }

    private static @Nullable Object copied(@Nullable Object value) {
        if (value instanceof Object[] array) {
            return copy(array);
        }
        if (value == null || !value.getClass().isArray()) {
            return value;
        }
        int length = Array.getLength(value);
        Object copy = Array.newInstance(value.getClass().getComponentType(), length);
        System.arraycopy(value, 0, copy, 0, length);
        return copy;
    }
}
