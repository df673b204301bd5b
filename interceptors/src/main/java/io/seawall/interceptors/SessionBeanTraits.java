package io.seawall.interceptors;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import java.lang.annotation.Annotation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the EJB container does around a method, as its annotations say (Jakarta Enterprise Beans 4.0, sections 4.8 and 8). A
 * deployment descriptor that says otherwise is not seen. Used only where there are EJBs: it knows their annotations inside
 * its methods.
 *
 * @param mayHaveTransaction whether the container may call the method inside a transaction
 * @param managesTransactions whether the bean itself begins and ends transactions
 * @param locks whether the method holds the write lock of its singleton
 */
record SessionBeanTraits(boolean mayHaveTransaction, boolean managesTransactions, boolean locks) {

    static SessionBeanTraits of(AnnotatedType<?> bean, AnnotatedMethod<?> method) {
        TransactionManagement management = bean.getAnnotation(TransactionManagement.class);
        boolean beanManaged = management != null && management.value() == TransactionManagementType.BEAN;
        TransactionAttributeType attribute = onMethodOrClass(bean, method, TransactionAttribute.class)
                .map(TransactionAttribute::value)
                .orElse(TransactionAttributeType.REQUIRED);
        boolean without =
                attribute == TransactionAttributeType.NOT_SUPPORTED || attribute == TransactionAttributeType.NEVER;
        ConcurrencyManagement concurrency = bean.getAnnotation(ConcurrencyManagement.class);
        boolean guarded = bean.isAnnotationPresent(Singleton.class)
                && (concurrency == null || concurrency.value() == ConcurrencyManagementType.CONTAINER);
        LockType lock =
                onMethodOrClass(bean, method, Lock.class).map(Lock::value).orElse(LockType.WRITE);
        return new SessionBeanTraits(!beanManaged && !without, beanManaged, guarded && lock == LockType.WRITE);
    }

    /** Annotations of a class count for the methods that it declares, not for those of its subclasses. */
    private static <A extends Annotation> Optional<A> onMethodOrClass(
            AnnotatedType<?> bean, AnnotatedMethod<?> method, Class<A> kind) {
        @Nullable A onMethod = method.getAnnotation(kind);
        if (onMethod != null) {
            return Optional.of(onMethod);
        }
        Class<?> declaring = method.getJavaMember().getDeclaringClass();
        return Optional.ofNullable(
                declaring == bean.getJavaClass() ? bean.getAnnotation(kind) : declaring.getAnnotation(kind));
    }
}
