package io.seawall.observe.console;

import io.seawall.events.ActionEvent;
import io.seawall.filter.RateLimits;
import io.seawall.filter.client.ShownClient;
import io.seawall.interceptors.SeawallTargets;
import io.seawall.ratelimit.LimitOverride.Kind;
import io.seawall.ratelimit.LimitOverride.Scope;
import io.seawall.ratelimit.StoreUnavailableException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What can be done by hand: {@code api/action}. Each is checked, done by the door that applications have, and told. */
final class Actions {

    private static final String TARGET = "target";
    private static final String FILTER = "filter";
    private static final String POLICY = "policy";
    private static final String LIMIT = "limit";
    private static final String SCOPE = "scope";
    private static final String NAME = "name";
    private static final String PERMITS = "permits";
    private static final String CLIENT = "client";
    private static final String ON = "on";

    /** Of {@link ShownClient}, with its '#'. */
    private static final int SHOWN_HASH_CHARS = 11;

    /** Does it, and says what was done: to what, and in words that begin with a verb in the past. */
    private interface Doing {
        Done run(JsonBody body);
    }

    private record Done(String subject, String words) {}

    private record Action(Set<String> fields, Doing doing) {}

    private final Sources sources;
    private final InstantSource clock;
    private final Map<String, Action> all = new TreeMap<>();

    Actions(Sources sources, InstantSource clock) {
        this.sources = sources;
        this.clock = clock;
        all.put("force-open", new Action(Set.of(TARGET), this::forceOpen));
        all.put("disable", new Action(Set.of(TARGET), this::disable));
        all.put("reset-breaker", new Action(Set.of(TARGET), this::resetBreaker));
        all.put("reread", new Action(Set.of(TARGET), this::reread));
        all.put("set-limit", new Action(Set.of(FILTER, POLICY, LIMIT, SCOPE, NAME, PERMITS), this::setLimit));
        all.put("remove-limit", new Action(Set.of(FILTER, POLICY, LIMIT, SCOPE, NAME), this::removeLimit));
        all.put("reset-client", new Action(Set.of(FILTER, POLICY, CLIENT), this::resetClient));
        all.put("shadow", new Action(Set.of(FILTER, POLICY, ON), this::shadow));
        all.put("drain", new Action(Set.of(), body -> drain()));
        all.put("serve", new Action(Set.of(), body -> serve()));
    }

    /**
     * Does what is asked.
     *
     * @return what was done, in words
     */
    String act(JsonBody body, Viewer viewer) {
        String name = body.text("action");
        Action action = all.get(name);
        if (action == null) {
            throw new Problem(400, "there is no such action: use one of " + all.keySet());
        }
        Set<String> fields = new HashSet<>(action.fields);
        fields.add("action");
        body.requireOnly(fields, "the action '" + name + "'");
        Done done;
        try {
            done = done(action, body);
        } catch (StoreUnavailableException away) {
            tell(tried(name, body, away), viewer);
            throw new Problem(503, away.getMessage() + ": it is not known whether it was done; look, and try again");
        }
        tell(done, viewer);
        return done.words;
    }

    /** What may have been done must not be missing among what was. */
    private static Done tried(String action, JsonBody body, StoreUnavailableException away) {
        String filter = body.text(FILTER);
        return new Done(
                filter,
                "tried to do '" + action + "' for policy '" + body.text(POLICY) + "' of filter '" + filter + "' ("
                        + away.getMessage() + ": it is not known whether it was done)");
    }

    private void tell(Done done, Viewer viewer) {
        sources.tell(new ActionEvent(
                clock.instant(), done.subject, viewer.shown(), done.words + " in the console, by " + viewer.shown()));
    }

    private static Done done(Action action, JsonBody body) {
        try {
            return action.doing.run(body);
        } catch (IllegalArgumentException wrong) {
            throw new Problem(400, String.valueOf(wrong.getMessage()));
        } catch (IllegalStateException notNow) {
            throw new Problem(409, String.valueOf(notNow.getMessage()));
        }
    }

    private Done forceOpen(JsonBody body) {
        String target = body.text(TARGET);
        targets().forceOpen(target);
        return new Done(target, "forced the circuit of '" + target + "' open: calls are refused until it is reset");
    }

    private Done disable(JsonBody body) {
        String target = body.text(TARGET);
        targets().disable(target);
        return new Done(target, "disabled the circuit of '" + target + "': it does not open until it is reset");
    }

    private Done resetBreaker(JsonBody body) {
        String target = body.text(TARGET);
        targets().reset(target);
        return new Done(target, "reset the circuit of '" + target + "': it is closed");
    }

    private Done reread(JsonBody body) {
        String target = body.text(TARGET);
        List<String> changes = targets().reread(target);
        return new Done(
                target,
                "read the settings of '" + target + "' again: "
                        + (changes.isEmpty() ? "nothing has changed" : String.join("; ", changes)));
    }

    private SeawallTargets targets() {
        SeawallTargets targets = sources.targets();
        if (targets == null) {
            throw new Problem(409, "the application has no targets that can be changed: they are those of CDI");
        }
        return targets;
    }

    private Done setLimit(JsonBody body) {
        String filter = body.text(FILTER);
        RateLimits limits = limits(filter);
        String policy = body.text(POLICY);
        String limit = body.text(LIMIT);
        long permits = body.number(PERMITS);
        Scoped scoped = scope(body, limits, false);
        limits.set(policy, limit, scoped.scope, permits);
        return new Done(
                filter,
                "set limit '" + limit + "' of policy '" + policy + "' to " + permits + " permits for " + scoped.words);
    }

    private Done removeLimit(JsonBody body) {
        String filter = body.text(FILTER);
        RateLimits limits = limits(filter);
        String policy = body.text(POLICY);
        String limit = body.text(LIMIT);
        Scoped scoped = scope(body, limits, true);
        boolean removed = limits.remove(policy, limit, scoped.scope);
        if (!removed) {
            throw new Problem(
                    409,
                    "there was none to be removed: nothing is set for limit '" + limit + "' of policy '" + policy
                            + "' and " + scoped.words);
        }
        return new Done(
                filter,
                "removed what was set for limit '" + limit + "' of policy '" + policy + "' and " + scoped.words);
    }

    private Done resetClient(JsonBody body) {
        String filter = body.text(FILTER);
        RateLimits limits = limits(filter);
        String policy = body.text(POLICY);
        String client = named(body.text(CLIENT));
        limits.reset(policy, client);
        return new Done(
                filter, "forgot what client '" + ShownClient.of(client) + "' has used of policy '" + policy + "'");
    }

    private Done shadow(JsonBody body) {
        String filter = body.text(FILTER);
        String policy = body.text(POLICY);
        boolean on = body.flag(ON);
        RateLimits limits = limits(filter);
        limits.shadow(policy, on);
        if (!on && limits.isShadow(policy)) {
            throw new Problem(409, "policy '" + policy + "' only counts by its configuration: take 'shadow' out there");
        }
        return new Done(
                filter,
                on
                        ? "switched policy '" + policy + "' to shadow: it counts, and refuses nobody"
                        : "switched policy '" + policy + "' back from shadow: it refuses again");
    }

    private Done drain() {
        if (!sources.draining().begin()) {
            throw new Problem(409, "the application drains already");
        }
        return new Done(application(), "began to drain '" + application() + "': it is not ready, and serves who comes");
    }

    private Done serve() {
        if (!sources.draining().end()) {
            throw new Problem(409, "the application does not drain");
        }
        return new Done(application(), "ended the draining of '" + application() + "': it takes requests again");
    }

    private String application() {
        String path = sources.context().getContextPath();
        return path.isEmpty() ? "/" : path;
    }

    private RateLimits limits(String filter) {
        return RateLimits.of(sources.context(), filter);
    }

    /**
     * For whom.
     *
     * @param scope as limits have it
     * @param words as people may see it
     */
    private record Scoped(Scope scope, String words) {}

    private static Scoped scope(JsonBody body, RateLimits limits, boolean mayBeHash) {
        String scope = body.text(SCOPE);
        return switch (scope) {
            case "all" -> new Scoped(Scope.all(), "everybody");
            case "tier" -> new Scoped(Scope.tier(body.text(NAME)), "tier '" + body.text(NAME) + "'");
            case "client" -> client(body.text(NAME), limits, mayBeHash);
            default -> throw new Problem(400, "the scope '" + scope + "' is none of client, tier, all");
        };
    }

    private static Scoped client(String client, RateLimits limits, boolean mayBeHash) {
        return mayBeHash && isHash(client)
                ? new Scoped(new Scope(Kind.CLIENT, client), "the client with the hash '" + client + "'")
                : new Scoped(limits.client(named(client)), "client '" + ShownClient.of(client) + "'");
    }

    /** As what is set is listed: a name has a way before it, or is that of everybody. */
    private static boolean isHash(String client) {
        return client.indexOf(' ') < 0 && !client.equals("global");
    }

    /** One that is shown by its hash cannot be named by that: it would be somebody else. */
    private static String named(String client) {
        int value = client.indexOf(' ') + 1;
        if (value > 0 && client.startsWith("#", value) && client.length() - value == SHOWN_HASH_CHARS) {
            throw new Problem(
                    400,
                    "'" + client
                            + "' has the hash that stands for a name which may be a secret: write the name itself");
        }
        return client;
    }
}
