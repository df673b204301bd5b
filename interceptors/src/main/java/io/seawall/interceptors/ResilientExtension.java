package io.seawall.interceptors;

import io.seawall.events.Events;
import io.seawall.interceptors.jmx.ManagementBeans;
import io.seawall.interceptors.observers.Observers;
import io.seawall.interceptors.settings.Overrides;
import io.seawall.interceptors.threads.ServerThreads;
import io.seawall.interceptors.transaction.NewTransactionBean;
import io.seawall.interceptors.transaction.ServerNewTransaction;
import io.seawall.jdk.LinkedRecords;
import io.seawall.metrics.MetricRegistry;
import io.seawall.resilience.pipeline.Targets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessInjectionTarget;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.ProcessSessionBean;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.interceptor.Interceptor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the pipelines at deployment: finds the {@link Resilient} methods of every bean, reports what is wrong with them
 * as definition errors, and what does less than it seems to as warnings. Holds the state of the application: its targets.
 */
public class ResilientExtension implements Extension {

    private static final Logger LOG = System.getLogger(ResilientExtension.class.getName());

    private static final String MESSAGE_DRIVEN = "jakarta.ejb.MessageDriven";

    private final ServerThreads threads = new ServerThreads();
    private final Events events = new Events();
    private final Targets targets = new Targets(threads.surroundings(events::tell));
    private final MetricRegistry metrics = new MetricRegistry();
    private final Observers observers =
            new Observers(task -> threads.thread("seawall-events", task), threads::execute, metrics);
    private final PipelineTable table = new PipelineTable();
    private final ServerNewTransaction newTransaction = new ServerNewTransaction();

    /** Classes with the annotation, whether they are beans or not; until the application has started. */
    private final Set<Class<?>> annotated = ConcurrentHashMap.newKeySet();

    /** Classes that containers make the objects of, guarded or not; until the application has started. */
    private final Set<Class<?>> beanClasses = ConcurrentHashMap.newKeySet();

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    private volatile boolean finished;
    private volatile boolean newTransactions;
    private @Nullable Bean<?> newTransactionBean;
    private @Nullable Overrides overrides;
    private @Nullable PipelineCompiler pipelines;
    private @Nullable BeanCompiler beans;
    private @Nullable LiveTargets live;
    private @Nullable ManagementBeans management;
    private @Nullable BeanManager beanManager;
    private volatile boolean started;

    /** Takes metrics and targets away again from where they are looked for. */
    private final List<Runnable> withdrawals = new CopyOnWriteArrayList<>();

    /** For the container. */
    public ResilientExtension() {
        targets.register(metrics);
        withdrawals.add(events.listen(observers::accept));
    }

    PipelineTable table() {
        return table;
    }

    SeawallTargets live() {
        return Objects.requireNonNull(live);
    }

    void begin(@Observes BeforeBeanDiscovery event, BeanManager beanManager) {
        try {
            overrides = Overrides.ofApplication();
        } catch (IllegalArgumentException unreadable) {
            throw new DefinitionException(unreadable.getMessage(), unreadable);
        }
        pipelines = new PipelineCompiler(overrides, targets, newTransaction);
        this.beanManager = beanManager;
        beans = new BeanCompiler(table, pipelines, beanManager);
        live = new LiveTargets(targets, pipelines, newTransaction, this::requireTransactionsFor);
        management = new ManagementBeans(live, metrics);
    }

    /** In a normal scope: such a reference may be kept by a bean that is passivated. */
    void offer(@Observes AfterBeanDiscovery event) {
        event.<SeawallTargets>addBean()
                .id(SeawallTargets.class.getName())
                .beanClass(SeawallTargets.class) // OpenWebBeans makes its proxy of this
                .addTransitiveTypeClosure(SeawallTargets.class)
                .addQualifiers(Default.Literal.INSTANCE, Any.Literal.INSTANCE)
                .scope(ApplicationScoped.class)
                .createWith(context -> live());
    }

    void notice(@Observes @WithAnnotations(Resilient.class) ProcessAnnotatedType<?> event) {
        annotated.add(event.getAnnotatedType().getJavaClass());
    }

    /** After other extensions have changed what they want to change: what is read here is what CDI intercepts by. */
    void compile(@Observes ProcessManagedBean<?> event) {
        AnnotatedType<?> type = event.getAnnotatedBeanClass();
        boolean ejb = event instanceof ProcessSessionBean<?>;
        if (ejb && NewTransactionBean.class.isAssignableFrom(type.getJavaClass())) {
            newTransactionBean = event.getBean();
        } else if (!type.isAnnotationPresent(Interceptor.class)) { // which carries it to say what it intercepts
            beanClasses.add(type.getJavaClass());
            Objects.requireNonNull(beans).compile(type, ejb, event::addDefinitionError);
        }
    }

    /** Message-driven beans are no beans of CDI, but it injects and intercepts them; on some servers they come last. */
    void compileMessageDriven(@Observes ProcessInjectionTarget<?> event) {
        AnnotatedType<?> type = event.getAnnotatedType();
        if (type.getAnnotations().stream()
                .anyMatch(annotation -> annotation.annotationType().getName().equals(MESSAGE_DRIVEN))) {
            beanClasses.add(type.getJavaClass());
            Objects.requireNonNull(beans).compile(type, true, event::addDefinitionError);
            if (finished) {
                check(problem -> event.addDefinitionError(new DefinitionException(problem)));
            }
            if (started) {
                show(null);
            }
        }
    }

    void finish(@Observes AfterDeploymentValidation event, BeanManager beanManager) {
        newTransactions = newTransaction.find(newTransactionBean, beanManager);
        check(problem -> event.addDeploymentProblem(new DeploymentException(problem)));
        finished = true;
        if (table.size() > 0) {
            LOG.log(
                    Level.INFO,
                    "@Resilient guards {0} methods of the targets {1}",
                    table.size(),
                    Objects.requireNonNull(pipelines).targets());
        }
    }

    /** What can be told only of all that is compiled; of what was compiled since the last time. */
    private void check(Consumer<String> problems) {
        PipelineCompiler compiled = Objects.requireNonNull(pipelines);
        Overrides settings = Objects.requireNonNull(overrides);
        settings.unknownMembers(compiled.targets(), Members.NAMES).stream()
                .filter(told::add)
                .forEach(problems);
        compiled.compiled().idle().stream().filter(told::add).forEach(problems);
        try {
            requireTransactionsFor(compiled.takePerAttempt());
        } catch (IllegalArgumentException nobody) {
            problems.accept(nobody.getMessage());
        }
        compiled.warnings().take().forEach(ResilientExtension::warn);
    }

    private void requireTransactionsFor(List<String> perAttempt) {
        if (!newTransactions && !perAttempt.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is nobody to begin the transactions of " + String.join(", ", perAttempt)
                            + ", which have transaction = PER_ATTEMPT: this server has no EJB container, or does not look for EJBs"
                            + " in the archive of Seawall (as in the lib of an EAR; then extend "
                            + NewTransactionBean.class.getName() + " in an EJB module, with its annotations)");
        }
    }

    /** With the servlet context, if it is a web application and its server tells extensions of it. */
    void start(@Observes @Initialized(ApplicationScoped.class) Object startedWith) {
        String contextPath = null;
        try {
            annotated.addAll(AnnotatedClasses.take(startedWith));
            contextPath = AnnotatedClasses.contextPath(startedWith);
            withdrawals.add(AnnotatedClasses.publish(startedWith, metrics, live(), events));
        } catch (NoClassDefFoundError noServletApi) {
            LOG.log(Level.DEBUG, "there are no servlets here, and nobody to find classes that are no beans");
        }
        threads.look();
        complain();
        show(contextPath);
    }

    /** Leaves in a servlet context what is looked for there. */
    @FunctionalInterface
    interface Publisher {

        /** What it returns takes everything away again. */
        Runnable publish(MetricRegistry metrics, SeawallTargets targets, Events events);
    }

    /** By now everybody who finds classes has found them, and all beans are there. */
    void startWeb(Collection<Class<?>> classes, @Nullable String contextPath, Publisher publisher) {
        withdrawals.add(publisher.publish(metrics, live(), events));
        annotated.addAll(classes);
        complain();
        show(contextPath);
    }

    /** Not before the application has started: a container that fails to start it may never say that it is over. */
    private void show(@Nullable String contextPath) {
        started = true;
        observers.begin(Objects.requireNonNull(beanManager));
        Objects.requireNonNull(management).show(targets.all(), contextPath);
    }

    private void complain() {
        List<String> suspects = Objects.requireNonNull(overrides)
                .suspects(Objects.requireNonNull(pipelines).targets(), Members.NAMES);
        Stream.concat(suspects.stream(), Unguarded.complaints(annotated, beanClasses).stream())
                .filter(told::add)
                .forEach(ResilientExtension::warn);
        annotated.clear();
    }

    void stop(@Observes BeforeShutdown event) {
        if (management != null) {
            management.close();
        }
        withdrawals.forEach(Runnable::run);
        observers.close();
        targets.close();
        threads.close();
        LinkedRecords.letGo();
    }

    /** Not as a pattern: a message may hold braces. */
    private static void warn(String message) {
        LOG.log(Level.WARNING, () -> message);
    }
}
