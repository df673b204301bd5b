package io.seawall.events;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The events of one application: who brings one about tells it here, and it is logged, remembered for a while and passed on.
 * Thread-safe, and without threads of its own.
 *
 * <p>In a web application it is in the servlet context under {@link #ATTRIBUTE}, put there by whoever of Seawall comes first.
 */
public final class Events {

    /** The attribute of a servlet context in which a web application's events are while it runs. */
    public static final String ATTRIBUTE = "io.seawall.events";

    private static final Logger LOG = System.getLogger(Events.class.getName());

    private final EventLog log = new EventLog();
    private final RecentEvents recent = new RecentEvents();
    private final List<Consumer<? super SeawallEvent>> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable Events joined;

    /** Of an application to which nothing has happened yet. */
    public Events() {}

    /**
     * Says that something has happened: logs it, remembers it, and tells who listens, on this thread. Never throws.
     *
     * @param event what
     */
    public void tell(SeawallEvent event) {
        Events other = joined;
        if (other != null) {
            other.tell(event);
            return;
        }
        try {
            log.tell(event);
            recent.add(event);
        } catch (Throwable broken) {
            complain(event, broken);
        }
        for (Consumer<? super SeawallEvent> listener : listeners) {
            try {
                listener.accept(event);
            } catch (Throwable broken) {
                complain(event, broken); // it has no part in what has happened, nor in what others hear
            }
        }
    }

    private static void complain(SeawallEvent event, Throwable broken) {
        LOG.log(Level.WARNING, "who listens to '" + event.subject() + "' has failed", broken);
    }

    /**
     * Has somebody told of everything from now on.
     *
     * @param listener told on the thread that brings an event about, which may be that of a request: short, takes no lock that
     *     others hold for long
     * @return ends it; safe to run twice
     */
    public Runnable listen(Consumer<? super SeawallEvent> listener) {
        Events other = joined;
        if (other != null) {
            return other.listen(listener);
        }
        listeners.add(listener);
        return () -> {
            listeners.remove(listener);
            Events later = joined;
            if (later != null) {
                later.listeners.remove(listener);
            }
        };
    }

    /**
     * The last events.
     *
     * @return to be read at any time
     */
    public RecentEvents recent() {
        Events other = joined;
        return other == null ? recent : other.recent();
    }

    /**
     * From now on, what happens here happens there: two parts of an application have each begun, before they knew of one another.
     *
     * @param other of the same application; not joined to this one
     */
    public void joinTo(Events other) {
        if (other == this || joined != null) {
            return;
        }
        other.listeners.addAll(listeners);
        other.recent.addAll(recent.list());
        joined = other;
    }
}
