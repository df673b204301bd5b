package io.seawall.interceptors;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.interceptor.AroundInvoke;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the methods of a bean class that CDI intercepts for {@link Resilient}, directly or by what else they carry. */
final class GuardedMethods {

    /**
     * A method and its annotation.
     *
     * @param method what is guarded
     * @param resilient how
     * @param fromClass whether the annotation stands on the class and so for all its methods
     */
    record Guarded(Method method, Resilient resilient, boolean fromClass) {}

    private static final Set<Class<? extends Annotation>> NOT_BUSINESS =
            Set.of(PostConstruct.class, PreDestroy.class, AroundInvoke.class);

    private GuardedMethods() {}

    /**
     * All of them.
     *
     * @throws DefinitionException if the annotation stands on a method that CDI does not intercept
     */
    static List<Guarded> of(AnnotatedType<?> type, BeanManager beanManager) {
        @Nullable Resilient onClass = find(type.getAnnotations(), beanManager);
        List<Guarded> guarded = new ArrayList<>();
        for (AnnotatedMethod<?> method : type.getMethods()) {
            @Nullable Resilient onMethod = find(method.getAnnotations(), beanManager);
            Resilient resilient = onMethod != null ? onMethod : onClass;
            if (resilient == null
                    || method.getJavaMember().isSynthetic()
                    || isOverridden(method.getJavaMember(), type)) {
                continue;
            }
            if (isBusinessMethod(method)) {
                guarded.add(new Guarded(method.getJavaMember(), resilient, onMethod == null));
            } else if (onMethod != null) {
                throw new DefinitionException(type.getJavaClass().getName() + "."
                        + method.getJavaMember().getName()
                        + ": @Resilient guards nothing here, since CDI does not intercept private, static and lifecycle"
                        + " methods: put it on a business method");
            }
        }
        return guarded;
    }

    /** Among annotations, and among those that their stereotypes and interceptor bindings stand for. */
    private static @Nullable Resilient find(Collection<Annotation> annotations, BeanManager beanManager) {
        for (Annotation annotation : annotations) {
            if (annotation instanceof Resilient resilient) {
                return resilient;
            }
        }
        for (Annotation annotation : annotations) {
            Class<? extends Annotation> kind = annotation.annotationType();
            @Nullable Resilient meant = null;
            if (beanManager.isStereotype(kind)) {
                meant = find(beanManager.getStereotypeDefinition(kind), beanManager);
            } else if (beanManager.isInterceptorBinding(kind)) {
                meant = find(beanManager.getInterceptorBindingDefinition(kind), beanManager);
            }
            if (meant != null) {
                return meant;
            }
        }
        return null;
    }

    private static boolean isBusinessMethod(AnnotatedMethod<?> method) {
        Method member = method.getJavaMember();
        return !Modifier.isPrivate(member.getModifiers())
                && !Modifier.isStatic(member.getModifiers())
                && member.getDeclaringClass() != Object.class
                && NOT_BUSINESS.stream().noneMatch(method::isAnnotationPresent);
    }

    /** A bean cannot be called by a method that a class below has overridden, though CDI lists it. */
    private static boolean isOverridden(Method method, AnnotatedType<?> type) {
        return type.getMethods().stream()
                .map(AnnotatedMethod::getJavaMember)
                .anyMatch(other -> other.getDeclaringClass() != method.getDeclaringClass()
                        && method.getDeclaringClass().isAssignableFrom(other.getDeclaringClass())
                        && !other.isSynthetic()
                        && other.getName().equals(method.getName())
                        && Arrays.equals(other.getParameterTypes(), method.getParameterTypes()));
    }
}
