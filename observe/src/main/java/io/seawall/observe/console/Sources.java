package io.seawall.observe.console;

import io.seawall.events.ActionEvent;
import io.seawall.events.Events;
import io.seawall.events.SeawallEvent;
import io.seawall.filter.RateLimits;
import io.seawall.interceptors.SeawallTargets;
import io.seawall.observe.health.Draining;
import io.seawall.observe.health.Health;
import jakarta.servlet.ServletContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the parts of Seawall have left in the servlet context, as it is when somebody looks. */
final class Sources {

    private static final Logger LOG = System.getLogger(ConsoleServlet.class.getName());

    private final ServletContext context;

    Sources(ServletContext context) {
        this.context = context;
    }

    ServletContext context() {
        return context;
    }

    /** Null without CDI, and before it has begun. */
    @Nullable
    SeawallTargets targets() {
        return context.getAttribute(SeawallTargets.ATTRIBUTE) instanceof SeawallTargets targets ? targets : null;
    }

    /** Those that are at work, by name. */
    Map<String, RateLimits> filters() {
        return RateLimits.all(context);
    }

    Health health() {
        return Health.of(context);
    }

    Draining draining() {
        return Draining.of(context);
    }

    /** The newest first. */
    List<SeawallEvent> events() {
        return context.getAttribute(Events.ATTRIBUTE) instanceof Events events
                ? events.recent().list()
                : List.of();
    }

    /** Has an action logged, and shown among the events. */
    void tell(ActionEvent action) {
        if (context.getAttribute(Events.ATTRIBUTE) instanceof Events events) {
            events.tell(action);
        } else {
            LOG.log(Level.INFO, action::words); // not as a pattern: names may hold braces
        }
    }
}
