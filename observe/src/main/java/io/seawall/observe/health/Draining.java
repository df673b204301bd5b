package io.seawall.observe.health;

import io.seawall.filter.DrainingFlag;
import jakarta.servlet.ServletContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether an application drains: readiness is down, so that load balancers send no new requests, and those that come are
 * served as ever. Over HTTP/1.1, answers behind a {@code RateLimitFilter} say {@code Connection: close}, so that clients that keep
 * connections open come back elsewhere. Begun by hand, before the application or its server is stopped. Thread-safe.
 *
 * <pre>{@code
 * Draining.of(getServletContext()).begin();
 * }</pre>
 */
public final class Draining {

    private static final Logger LOG = System.getLogger(Draining.class.getName());

    private final String application;
    private final AtomicBoolean flag;

    private Draining(String application, AtomicBoolean flag) {
        this.application = application;
        this.flag = flag;
    }

    /**
     * That of an application.
     *
     * @param context of the application
     * @return for all who ask it begins and ends together
     */
    public static Draining of(ServletContext context) {
        return new Draining(context.getContextPath(), DrainingFlag.of(context));
    }

    /**
     * Begins to drain.
     *
     * @return false if the application does already
     */
    public boolean begin() {
        boolean begun = flag.compareAndSet(false, true);
        if (begun) {
            LOG.log(Level.INFO, "application ''{0}'' drains: it is not ready, and serves requests", application);
        }
        return begun;
    }

    /**
     * Takes requests again.
     *
     * @return false if the application does already
     */
    public boolean end() {
        boolean ended = flag.compareAndSet(true, false);
        if (ended) {
            LOG.log(Level.INFO, "application ''{0}'' drains no more", application);
        }
        return ended;
    }

    /**
     * Whether the application drains.
     *
     * @return true between {@link #begin} and {@link #end}
     */
    public boolean isOn() {
        return flag.get();
    }
}
