package io.seawall.filter;

import io.seawall.filter.admin.Explanation;
import io.seawall.filter.admin.FilterDescription;
import io.seawall.filter.admin.RefusedClient;
import io.seawall.filter.admin.RequestDescription;
import io.seawall.ratelimit.LimitOverride;
import io.seawall.ratelimit.LimitOverride.Scope;
import io.seawall.ratelimit.QuotaPolicy;
import io.seawall.ratelimit.RateLimiter;
import jakarta.servlet.ServletContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a filter while it is at work, for an application's own page of administration: other permits for one client, a
 * tier or everybody, and a new start for a client; why a request is limited as it is, who is refused most, and what is set; a policy
 * in shadow, and out again. Thread-safe.
 *
 * <pre>{@code
 * RateLimits limits = RateLimits.of(getServletContext(), "RateLimitFilter");
 * limits.set("default", "default", limits.client("ip 192.0.2.1"), 1000);
 * limits.reset("default", "ip 192.0.2.1");
 * }</pre>
 *
 * <p>With Redis, all nodes heed a change with their next decision, and it stays until it is removed. In memory, it holds on this
 * node until it stops. A page that calls this decides over who may use the application: guard it.
 *
 * <p>The policy of a filter without a policies file is called {@code default}. A client is named by the way that it is told and its
 * value: {@code ip 192.0.2.1}, {@code principal ada}, {@code header:X-Api-Key 8f3a}, or {@code global}. Every name is checked,
 * since one that is counted otherwise would be that of nobody.
 */
public final class RateLimits {

    private static final Logger LOG = System.getLogger(RateLimitFilter.class.getName());
    private static final String ATTRIBUTE = RateLimits.class.getName() + ".";

    private final RateLimiter limiter;
    private final FilterSettings settings;
    private final RequestPolicies policies;
    private final ChangedLimits changed;
    private final String filterName;
    private final RefusedClients refused;
    private final Explainer explainer;

    RateLimits(
            String filterName,
            ServletContext application,
            RateLimiter limiter,
            FilterSettings settings,
            List<RequestPolicy> policies,
            RefusedClients refused) {
        this.filterName = filterName;
        this.limiter = limiter;
        this.settings = settings;
        this.refused = refused;
        this.explainer = new Explainer(application, settings, policies, limiter);
        this.policies = new RequestPolicies(policies);
        this.changed = new ChangedLimits(this.policies, limiter);
    }

    /**
     * The limits of a filter.
     *
     * @param context of the application
     * @param filterName the {@code filter-name} of the filter
     * @return its limits
     * @throws IllegalStateException if there is no such filter, or if it has not been initialised yet: some servers do so with
     *     the first request that it is mapped to
     */
    public static RateLimits of(ServletContext context, String filterName) {
        if (context.getAttribute(ATTRIBUTE + filterName) instanceof RateLimits limits) {
            return limits;
        }
        throw new IllegalStateException("there is no RateLimitFilter '" + filterName
                + "' at work: correct the name, or wait for the first request that it is mapped to");
    }

    /**
     * The limits of all filters of an application that are at work.
     *
     * @param context of the application
     * @return by the {@code filter-name}, in order; without those that wait for their first request
     */
    public static Map<String, RateLimits> all(ServletContext context) {
        Map<String, RateLimits> all = new TreeMap<>();
        for (String attribute : Collections.list(context.getAttributeNames())) {
            if (attribute.startsWith(ATTRIBUTE) && context.getAttribute(attribute) instanceof RateLimits limits) {
                all.put(attribute.substring(ATTRIBUTE.length()), limits);
            }
        }
        return all;
    }

    /** The settings of a filter that is at work; null if it is not, or is none of ours. */
    static @Nullable FilterSettings settingsOf(ServletContext context, String filterName) {
        return context.getAttribute(ATTRIBUTE + filterName) instanceof RateLimits limits ? limits.settings : null;
    }

    void publish(ServletContext context) {
        context.setAttribute(ATTRIBUTE + filterName, this);
    }

    static void withdraw(ServletContext context, String filterName) {
        context.removeAttribute(ATTRIBUTE + filterName);
    }

    /**
     * What the filter is set to, and where each setting came from.
     *
     * @return as it is now; without passwords
     */
    public FilterDescription describe() {
        return Describer.describe(filterName, settings, policies.all(), limiter);
    }

    /**
     * Says how a request would be limited now, and why, and charges nothing. The same objects answer as for real requests, also
     * those of the application: a {@link io.seawall.filter.client.ClientIdentifier}, a {@link io.seawall.filter.route.TierSelector}
     * and a {@link io.seawall.filter.route.CostFunction} are called with the {@linkplain RequestDescription#asRequest described
     * request}, and must take it for one: what one of them does on the way, it does now, too.
     *
     * @param request somebody's description of it
     * @return what applies and what not, with what remains as far as the store told
     */
    public Explanation explain(RequestDescription request) {
        return explainer.explain(request);
    }

    /**
     * Whom this node has refused most in the last ten to fifteen minutes.
     *
     * @return a hundred at most, those with the most refusals first
     */
    public List<RefusedClient> topRefused() {
        return refused.top();
    }

    /**
     * Has a policy only count, as if {@code shadow} was set for it, or do again what is configured. For all requests that come from
     * now on, on this node, until it stops or is told otherwise; other nodes of the same Redis must be told, too. What is configured with
     * {@code shadow} only counts in any case. With Redis counts go on; in memory each of the two has its own, so that what a
     * client used before is counted on when it is switched back.
     *
     * @param policy the name of a policy
     * @param on whether it is to refuse nobody
     * @throws IllegalArgumentException if there is no such policy
     */
    public void shadow(String policy, boolean on) {
        if (policies.named(policy).switchShadow(on)) {
            LOG.log(
                    Level.INFO,
                    on
                            ? "Filter ''{0}'': policy ''{1}'' was switched to shadow. On this node it only counts, and refuses nobody,"
                                    + " until it is switched back or the node restarts."
                            : "Filter ''{0}'': policy ''{1}'' was switched back from shadow. It holds clients to its limits again,"
                                    + " as configured.",
                    filterName,
                    policy);
        }
    }

    /**
     * Whether a policy refuses nobody now: by its configuration, or since it was {@linkplain #shadow switched}.
     *
     * @param policy the name of a policy
     * @return whether all its limits only count
     * @throws IllegalArgumentException if there is no such policy
     */
    public boolean isShadow(String policy) {
        return policies.named(policy).onlyCounts();
    }

    /**
     * Whether they are counted in Redis, for all nodes.
     *
     * @return false if this node counts in its own memory
     */
    public boolean isShared() {
        return settings.redis() != null;
    }

    /**
     * Whether Redis would be asked if a request came now: known here, without asking it.
     *
     * @return false while it is known to be away; true without Redis
     */
    public boolean isStoreAvailable() {
        return limiter.isStoreAvailable();
    }

    /**
     * The names of the policies.
     *
     * @return in their order
     */
    public Set<String> policies() {
        return policies.names();
    }

    /**
     * For one client.
     *
     * @param name the way by which a policy tells it, or {@code ip} where addresses are counted beside it, a space and the
     *     value: {@code ip 192.0.2.1}, {@code principal ada}; or {@code global}. An address may be spelled in any way, and stands
     *     for its network by the filter's {@code ipv6-prefix}; the name of a header may have any case. In the values of a joined
     *     way, {@code header:X-Tenant+ip acme%20inc 192.0.2.1}, a space is {@code %20} and a percent sign {@code %25}. All else
     *     is taken as it is
     * @return the client as this filter counts it
     * @throws IllegalArgumentException if this filter counts nobody by that name; the message says what it counts by
     */
    public Scope client(String name) {
        return changed.client(name);
    }

    /**
     * Sets other permits, in place of those that were set for the same limit and scope.
     *
     * @param policy the name of a policy
     * @param limit the name of a limit of it
     * @param scope for whom: {@link #client}, {@link Scope#tier} or {@link Scope#all}
     * @param permits how many, 0 to {@link QuotaPolicy#MAX_PERMITS}; 0 keeps them out
     * @throws IllegalArgumentException if there is no such policy, limit or tier, or the permits are out of their range
     * @throws io.seawall.ratelimit.StoreUnavailableException if Redis did not answer in time
     */
    public void set(String policy, String limit, Scope scope, long permits) {
        changed.set(policy, limit, scope, permits);
    }

    /**
     * Removes what was set, also for a limit or a tier that has gone from the configuration since.
     *
     * @param policy the name of a policy
     * @param limit the name of a limit of it
     * @param scope for whom it was
     * @return whether there was anything
     * @throws IllegalArgumentException if there is no such policy, limit or tier
     * @throws io.seawall.ratelimit.StoreUnavailableException if Redis did not answer in time
     */
    public boolean remove(String policy, String limit, Scope scope) {
        return changed.remove(policy, limit, scope);
    }

    /**
     * What is set for this filter.
     *
     * @return each with the name of its policy; those of clients have only their {@link io.seawall.ratelimit.ClientHash}
     * @throws io.seawall.ratelimit.StoreUnavailableException if Redis did not answer in time
     */
    public List<LimitOverride> list() {
        return changed.list();
    }

    /**
     * Forgets what a client has used, and its penalties.
     *
     * @param policy the name of a policy
     * @param client its name, as for {@link #client}
     * @throws IllegalArgumentException if there is no such policy, or this filter counts nobody by that name
     * @throws io.seawall.ratelimit.StoreUnavailableException if Redis did not answer in time
     */
    public void reset(String policy, String client) {
        changed.reset(policy, client);
    }
}
