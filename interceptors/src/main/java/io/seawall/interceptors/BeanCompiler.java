package io.seawall.interceptors;

import io.seawall.interceptors.GuardedMethods.Guarded;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DefinitionException;
import java.util.List;
import java.util.function.Consumer;

/** Compiles the pipelines of the methods of a bean class into the table; one class after another. */
final class BeanCompiler {

    private final PipelineTable table;
    private final PipelineCompiler compiler;
    private final BeanManager beanManager;

    BeanCompiler(PipelineTable table, PipelineCompiler compiler, BeanManager beanManager) {
        this.table = table;
        this.compiler = compiler;
        this.beanManager = beanManager;
    }

    /**
     * Compiles a class.
     *
     * @param ejb whether it belongs to the EJB container
     * @param errors told of each mistake: whoever has made two is told of both
     */
    synchronized void compile(AnnotatedType<?> type, boolean ejb, Consumer<DefinitionException> errors) {
        List<Guarded> methods = GuardedMethods.of(type, ejb, beanManager, compiler.warnings(), errors);
        if (methods.isEmpty()) {
            return;
        }
        Class<?> beanClass = type.getJavaClass();
        SelfCalls selfCalls = SelfCalls.of(beanClass);
        for (Guarded guarded : methods) {
            try {
                SessionBeanTraits traits = ejb ? SessionBeanTraits.of(type, guarded.annotated()) : null;
                table.put(beanClass, guarded.method(), compiler.guard(beanClass, guarded, traits));
            } catch (DefinitionException e) {
                errors.accept(e);
            }
            // What stands on a class is about calls from outside; its methods may call each other.
            if (!guarded.fromClass() && selfCalls.include(guarded.method())) {
                compiler.warnings()
                        .selfCalled(beanClass.getName() + "." + guarded.method().getName());
            }
        }
    }
}
