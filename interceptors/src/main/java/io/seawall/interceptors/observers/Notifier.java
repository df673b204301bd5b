package io.seawall.interceptors.observers;

import io.seawall.events.RareLines;
import io.seawall.events.SeawallEvent;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells observers by CDI: first those that are told one after another, each event in a request scope of its own; then the
 * asynchronous ones. {@link #tell} is called by one thread at a time.
 */
final class Notifier {

    /** Events of which asynchronous observers may be told at once: they share their threads with calls. */
    static final int MOST_ASYNCHRONOUS = 16;

    private static final Logger LOG = System.getLogger(Observers.class.getName());

    private final BeanManager beanManager;
    private final Consumer<SeawallEvent> drop;
    private final NotificationOptions options;
    private final Set<Class<?>> observed;
    private final @Nullable ClassLoader ofApplication = Thread.currentThread().getContextClassLoader();
    private final RareLines failures = new RareLines();
    private final Semaphore asynchronous = new Semaphore(MOST_ASYNCHRONOUS);

    /**
     * On a thread of the application.
     *
     * @param executor where asynchronous observers are
     * @param drop told of what they are not
     */
    Notifier(BeanManager beanManager, Executor executor, Consumer<SeawallEvent> drop) {
        this.beanManager = beanManager;
        this.drop = drop;
        this.options = NotificationOptions.ofExecutor(executor);
        this.observed = SampleEvents.ALL.stream()
                .filter(sample -> !beanManager.resolveObserverMethods(sample).isEmpty())
                .map(Object::getClass)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Nobody needs a thread to tell nobody. */
    boolean isObserved(SeawallEvent event) {
        return observed.contains(event.getClass());
    }

    /** Runs something with the class loader of the application: by it OpenWebBeans knows which one it is. */
    void onThread(Consumer<Notifier> task) {
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        current.setContextClassLoader(ofApplication);
        try {
            task.accept(this);
        } finally {
            current.setContextClassLoader(before);
        }
    }

    /** Throws nothing: an observer that fails is logged. */
    void tell(SeawallEvent event) {
        try {
            inRequest(() -> beanManager.getEvent().fire(event));
        } catch (Throwable failure) {
            complain(event, failure);
        }
        tellAsynchronous(event);
    }

    private void inRequest(Runnable task) {
        Instance<RequestContextController> controllers =
                beanManager.createInstance().select(RequestContextController.class);
        if (!controllers.isResolvable()) {
            task.run();
            return;
        }
        RequestContextController request = controllers.get();
        try {
            boolean activated = request.activate();
            try {
                task.run();
            } finally {
                if (activated) {
                    request.deactivate();
                }
            }
        } finally {
            controllers.destroy(request);
        }
    }

    private void tellAsynchronous(SeawallEvent event) {
        if (!asynchronous.tryAcquire()) {
            drop.accept(event);
            return;
        }
        try {
            beanManager.getEvent().fireAsync(event, options).whenComplete((told, failure) -> {
                asynchronous.release();
                if (failure != null) {
                    complain(event, failure);
                }
            });
        } catch (Throwable failure) {
            asynchronous.release();
            complain(event, failure);
        }
    }

    /** An observer that always fails would else fill the disk, with a stack trace for each ban of an attack. */
    private void complain(SeawallEvent event, Throwable failure) {
        String line = failures.line(
                event.kind(),
                event.subject(),
                event.at(),
                "an observer of '" + event.kind() + "' of '" + event.subject() + "' has failed");
        if (line != null) {
            LOG.log(Level.WARNING, line, failure);
        }
    }
}
