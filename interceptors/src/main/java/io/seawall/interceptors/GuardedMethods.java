package io.seawall.interceptors;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.AroundTimeout;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the methods of a bean class that the container intercepts for {@link Resilient}, directly or by what else they carry. */
final class GuardedMethods {

    /**
     * A method and its annotation.
     *
     * @param annotated what is guarded
     * @param resilient how
     * @param fromClass whether the annotation stands on the class and so for all its methods
     * @param ofBean the names of the annotations of the bean class, and of those that its stereotypes stand for
     */
    record Guarded(AnnotatedMethod<?> annotated, Resilient resilient, boolean fromClass, Set<String> ofBean) {

        Method method() {
            return annotated.getJavaMember();
        }

        /** Whether method or class carry another annotation, by its name. */
        boolean isAlso(String annotation) {
            return Stream.concat(
                            annotated.getAnnotations().stream(), annotated.getDeclaringType().getAnnotations().stream())
                    .anyMatch(other -> other.annotationType().getName().equals(annotation));
        }
    }

    private static final Set<Class<? extends Annotation>> NOT_BUSINESS =
            Set.of(PostConstruct.class, PreDestroy.class, AroundInvoke.class, AroundTimeout.class);

    /** By name: not every server has EJBs. */
    private static final Set<String> TIMEOUTS =
            Set.of("jakarta.ejb.Schedule", "jakarta.ejb.Schedules", "jakarta.ejb.Timeout");

    private final AnnotatedType<?> type;
    private final boolean ejb;
    private final BeanManager beanManager;
    private final Warnings warnings;
    private final Consumer<DefinitionException> errors;

    private GuardedMethods(
            AnnotatedType<?> type,
            boolean ejb,
            BeanManager beanManager,
            Warnings warnings,
            Consumer<DefinitionException> errors) {
        this.type = type;
        this.ejb = ejb;
        this.beanManager = beanManager;
        this.warnings = warnings;
        this.errors = errors;
    }

    /**
     * All of them.
     *
     * @param ejb whether the EJB container calls the class, and so its timeout methods too
     * @param warnings told of annotations that do not count, since the method is overridden
     * @param errors told of annotations where the container does not intercept
     */
    static List<Guarded> of(
            AnnotatedType<?> type,
            boolean ejb,
            BeanManager beanManager,
            Warnings warnings,
            Consumer<DefinitionException> errors) {
        return new GuardedMethods(type, ejb, beanManager, warnings, errors).find();
    }

    private List<Guarded> find() {
        Optional<Resilient> onClass = find(type.getAnnotations());
        Set<String> ofBean = withStereotypes(type.getAnnotations()).collect(Collectors.toUnmodifiableSet());
        List<Guarded> guarded = new ArrayList<>();
        for (AnnotatedMethod<?> method : type.getMethods()) {
            Optional<Resilient> onMethod = find(method.getAnnotations());
            Method member = method.getJavaMember();
            if ((onClass.isEmpty() && onMethod.isEmpty()) || member.isSynthetic()) {
                continue;
            }
            AnnotatedMethod<?> instead = overriding(member);
            if (instead != null) {
                if (onClass.isEmpty() && find(instead.getAnnotations()).isEmpty()) {
                    warnings.overridden(type.getJavaClass().getName() + "." + member.getName());
                }
                continue;
            }
            String obstacle = obstacle(method);
            if (obstacle == null) {
                guarded.add(new Guarded(method, onMethod.or(() -> onClass).get(), onMethod.isEmpty(), ofBean));
            } else if (onMethod.isPresent() || isFinal(method)) {
                errors.accept(new DefinitionException(type.getJavaClass().getName() + "." + member.getName()
                        + ": @Resilient guards nothing here, since the container does not intercept " + obstacle));
            }
        }
        return guarded;
    }

    /** Why the container does not intercept a method; null if it does. */
    private @Nullable String obstacle(AnnotatedMethod<?> method) {
        int modifiers = method.getJavaMember().getModifiers();
        if (ejb && isTimeout(method)) {
            return null; // may be private
        }
        if (Modifier.isPrivate(modifiers) || Modifier.isStatic(modifiers)) {
            return "private and static methods: put it on a business method";
        }
        if (method.getJavaMember().getDeclaringClass() == Object.class
                || NOT_BUSINESS.stream().anyMatch(method::isAnnotationPresent)) {
            return "lifecycle methods: put it on a business method";
        }
        return isFinal(method) ? "final methods: remove 'final', or @Resilient" : null;
    }

    /** A class below overrides what it calls through, and cannot where something is final. */
    private boolean isFinal(AnnotatedMethod<?> method) {
        Method member = method.getJavaMember();
        return member.getDeclaringClass() != Object.class
                && !Modifier.isPrivate(member.getModifiers())
                && !Modifier.isStatic(member.getModifiers())
                && (Modifier.isFinal(member.getModifiers())
                        || Modifier.isFinal(type.getJavaClass().getModifiers()));
    }

    private static boolean isTimeout(AnnotatedMethod<?> method) {
        return method.getAnnotations().stream()
                .anyMatch(annotation ->
                        TIMEOUTS.contains(annotation.annotationType().getName()));
    }

    private Stream<String> withStereotypes(Collection<Annotation> annotations) {
        return annotations.stream()
                .map(Annotation::annotationType)
                .flatMap(kind -> Stream.concat(
                        Stream.of(kind.getName()),
                        beanManager.isStereotype(kind)
                                ? withStereotypes(beanManager.getStereotypeDefinition(kind))
                                : Stream.empty()));
    }

    /** Among annotations, and among those that their stereotypes and interceptor bindings stand for. */
    private Optional<Resilient> find(Collection<Annotation> annotations) {
        for (Annotation annotation : annotations) {
            if (annotation instanceof Resilient resilient) {
                return Optional.of(resilient);
            }
        }
        for (Annotation annotation : annotations) {
            Class<? extends Annotation> kind = annotation.annotationType();
            Optional<Resilient> meant = Optional.empty();
            if (beanManager.isStereotype(kind)) {
                meant = find(beanManager.getStereotypeDefinition(kind));
            } else if (beanManager.isInterceptorBinding(kind)) {
                meant = find(beanManager.getInterceptorBindingDefinition(kind));
            }
            if (meant.isPresent()) {
                return meant;
            }
        }
        return Optional.empty();
    }

    /** What a bean of the class has in place of a method that CDI lists for a class above. */
    private @Nullable AnnotatedMethod<?> overriding(Method method) {
        return type.getMethods().stream()
                .filter(other -> Overriding.overrides(other.getJavaMember(), method, type.getJavaClass()))
                .filter(other -> overriding(other.getJavaMember()) == null)
                .findFirst()
                .orElse(null);
    }
}
