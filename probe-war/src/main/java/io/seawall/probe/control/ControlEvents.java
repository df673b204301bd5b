package io.seawall.probe.control;

import io.seawall.events.CircuitEvent;
import io.seawall.probe.beans.Run;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Hears of circuits, and writes down where. */
@ApplicationScoped
public class ControlEvents {

    private final Queue<String> heard = new ConcurrentLinkedQueue<>();

    @Inject
    Basket basket;

    /** Of one request. */
    @RequestScoped
    public static class Basket {

        private int size;

        /** One more. */
        public int add() {
            return ++size;
        }
    }

    /**
     * What was heard.
     *
     * @return with commas between
     */
    public String heard() {
        return String.join(",", heard);
    }

    void now(@Observes CircuitEvent event) {
        hear("now", event);
    }

    void later(@ObservesAsync CircuitEvent event) {
        hear("later", event);
    }

    private void hear(String when, CircuitEvent event) {
        if (event.target().equals("controlled")) {
            heard.add(when + " " + event.to() + " " + basket.add() + " " + ofApplication());
        }
    }

    /** Whether the thread sees the classes of the application. */
    private static boolean ofApplication() {
        try {
            return Thread.currentThread().getContextClassLoader().loadClass(Run.class.getName()) == Run.class;
        } catch (ClassNotFoundException | RuntimeException elsewhere) {
            return false;
        }
    }
}
