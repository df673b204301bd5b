package io.seawall.interceptors;

import jakarta.decorator.Decorator;
import jakarta.enterprise.inject.Alternative;
import jakarta.interceptor.Interceptor;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Classes that carry {@link Resilient} though nothing guards them, since no container makes their objects. */
final class Unguarded {

    private Unguarded() {}

    /**
     * What to say about them.
     *
     * @param annotated classes with the annotation somewhere
     * @param beans the classes of all beans: of what is wrong with the methods of one, others tell
     */
    static List<String> complaints(Collection<Class<?>> annotated, Set<Class<?>> beans) {
        return annotated.stream()
                .filter(type -> !type.isAnnotation()
                        && !type.isAnnotationPresent(Interceptor.class)
                        && !type.isAnnotationPresent(Decorator.class)
                        && !type.isAnnotationPresent(Alternative.class)) // a bean where it is selected
                .map(type -> complaint(type, beans))
                .filter(complaint -> !complaint.isEmpty())
                .sorted()
                .toList();
    }

    private static String complaint(Class<?> type, Set<Class<?>> beans) {
        if (type.isInterface()) {
            return type.getName()
                    + ": @Resilient guards nothing on an interface, since CDI does not read annotations of"
                    + " interfaces: put it on the bean class";
        }
        if (beans.stream().anyMatch(type::isAssignableFrom)) {
            return ""; // it is a bean, or a bean class inherits from it
        }
        return type.getName() + ": @Resilient guards nothing, since the class is no bean: give it a scope, such as"
                + " @ApplicationScoped, and have it injected where it is called";
    }
}
