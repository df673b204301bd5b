package io.seawall.interceptors;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes the predicates that an annotation names by their classes. */
final class ResultPredicates {

    private ResultPredicates() {}

    /**
     * What is true where one of them is; null if there are none.
     *
     * @throws IllegalArgumentException if one cannot be made, or is for results that the method does not have
     */
    static @Nullable Predicate<@Nullable Object> anyOf(List<Class<? extends Predicate<?>>> types, MethodResult result) {
        List<Predicate<@Nullable Object>> predicates = new ArrayList<>();
        for (Class<? extends Predicate<?>> type : types) {
            requireFit(type, result);
            predicates.add(make(type));
        }
        return predicates.stream().reduce(Predicate::or).orElse(null);
    }

    private static void requireFit(Class<?> type, MethodResult result) {
        Class<?> tested = TypeArguments.of(type).erased(Predicate.class.getTypeParameters()[0]);
        if (!tested.isAssignableFrom(result.type())) {
            throw new IllegalArgumentException(
                    type.getName() + " tests " + tested.getName() + ", and the method returns "
                            + result.type().getName() + ": use a predicate of that, or of Object");
        }
    }

    // It was seen to be one of what the method returns.
    @SuppressWarnings("unchecked")
    private static Predicate<@Nullable Object> make(Class<? extends Predicate<?>> type) {
        try {
            Constructor<? extends Predicate<?>> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return (Predicate<@Nullable Object>) constructor.newInstance();
        } catch (NoSuchMethodException | InstantiationException e) {
            throw new IllegalArgumentException(
                    type.getName()
                            + " cannot be made: use a class that is not abstract, and static if it is inside of another,"
                            + " with a constructor without parameters",
                    e);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(type.getName() + " could not be made: " + e.getCause(), e);
        } catch (IllegalAccessException e) {
            throw new LinkageError("it was made accessible", e);
        }
    }
}
