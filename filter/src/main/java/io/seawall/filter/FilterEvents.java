package io.seawall.filter;

import io.seawall.events.BanEvent;
import io.seawall.events.Events;
import io.seawall.events.StoreEvent;
import io.seawall.filter.client.ShownClient;
import io.seawall.ratelimit.Ban;
import io.seawall.ratelimit.Decision;
import io.seawall.redis.ServerListener;
import jakarta.servlet.ServletContext;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a filter tells of: that its store is away or back, and that somebody is banned. It tells the events of the application, which
 * it finds in the servlet context, or leaves there if it comes first. Thread-safe.
 */
final class FilterEvents implements ServerListener {

    private final String filterName;
    private final Events events;
    private final InstantSource clock;
    private final Map<String, String> policyBySet = new HashMap<>();

    /**
     * Those of a filter.
     *
     * @param application where the events are
     * @param clock the time of day
     */
    FilterEvents(ServletContext application, String filterName, List<PolicySettings> policies, InstantSource clock) {
        this.filterName = filterName;
        this.clock = clock;
        policies.forEach(policy -> policy.sets().forEach(set -> policyBySet.put(set.name(), policy.name())));
        synchronized (application) { // some servers initialise filters with their first requests, several at a time
            if (application.getAttribute(Events.ATTRIBUTE) instanceof Events known) {
                events = known;
            } else {
                events = new Events();
                application.setAttribute(Events.ATTRIBUTE, events);
            }
        }
    }

    @Override
    public void changed(String server, boolean answers, String words) {
        events.tell(new StoreEvent(clock.instant(), filterName, server, answers, words));
    }

    /** Tells of the bans that begin with a refusal. */
    void refused(Decision.Denied denied) {
        List<Ban> bans = denied.bans();
        for (int i = 0; i < bans.size(); i++) {
            Ban ban = bans.get(i);
            events.tell(new BanEvent(
                    clock.instant(),
                    filterName,
                    policyBySet.getOrDefault(ban.policies(), ban.policies()),
                    ShownClient.of(ban.client()),
                    ban.duration()));
        }
    }

    /** The filter ends. What others of the application have left there stays. */
    void withdraw(ServletContext application) {
        if (application.getAttribute(Events.ATTRIBUTE) == events) {
            application.removeAttribute(Events.ATTRIBUTE);
        }
    }
}
