package io.seawall.events;

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
        hand(event, log::tell);
        hand(event, recent::add);
        for (Consumer<? super SeawallEvent> listener : listeners) {
            hand(event, listener);
        }
    }

    /** Who fails has no part in what has happened, nor in what others hear. */
    private void hand(SeawallEvent event, Consumer<? super SeawallEvent> listener) {
        try {
            listener.accept(event);
        } catch (Throwable broken) {
            complain(event, broken);
        }
    }

    private void complain(SeawallEvent event, Throwable broken) {
        try {
            log.complain(event, broken);
        } catch (Throwable unwritten) {
            return; // the log is what is broken: there is nowhere to say it
        }
    }

    /**
     * Has somebody told of everything from now on.
     *
     * @param listener told on the thread that brings an event about, which may be that of a request: short, takes no lock that
     *     others hold for long
     * @return ends it; safe to run twice
     */
    public Runnable listen(Consumer<? super SeawallEvent> listener) {
        synchronized (listeners) { // against somebody who joins them meanwhile
            Events other = joined;
            if (other != null) {
                return other.listen(listener);
            }
            listeners.add(listener);
        }
        return () -> forget(listener);
    }

    private void forget(Consumer<? super SeawallEvent> listener) {
        listeners.remove(listener);
        Events later = joined;
        if (later != null) {
            later.forget(listener);
        }
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
     * @param other of the same application; nothing happens if it is joined to this one, or this one to another
     */
    public void joinTo(Events other) {
        Events last = other;
        for (Events next = last.joined; next != null; next = last.joined) {
            last = next;
        }
        synchronized (listeners) {
            if (last == this || joined != null) {
                return;
            }
            last.listeners.addAll(listeners);
            joined = last;
        }
        last.recent.addAll(recent.list()); // afterwards: what happens meanwhile is in one of the two
    }
}
