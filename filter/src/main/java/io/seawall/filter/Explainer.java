package io.seawall.filter;

import io.seawall.filter.admin.Explanation;
import io.seawall.filter.admin.NotDescribedException;
import io.seawall.filter.admin.RequestDescription;
import io.seawall.filter.client.ShownClient;
import io.seawall.filter.route.RequestLine;
import io.seawall.ratelimit.Claim;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.QuotaPolicy;
import io.seawall.ratelimit.RateLimiter;
import io.seawall.ratelimit.Standing;
import io.seawall.ratelimit.StoreUnavailableException;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says how a described request would be limited. What applies is found by the same objects that find it for real requests, so that the
 * two cannot differ; here are only the words for it. Thread-safe.
 */
final class Explainer {

    private final ServletContext application;
    private final FilterSettings settings;
    private final Collection<RequestPolicy> policies;
    private final RateLimiter limiter;

    Explainer(
            ServletContext application,
            FilterSettings settings,
            Collection<RequestPolicy> policies,
            RateLimiter limiter) {
        this.application = application;
        this.settings = settings;
        this.policies = policies;
        this.limiter = limiter;
    }

    Explanation explain(RequestDescription description) {
        HttpServletRequest request = description.asRequest(application);
        Exemption exemption = Exemption.of(request, settings);
        if (exemption != null) {
            String why = words(exemption)
                    + settings.address()
                            .remark(request)
                            .map(text -> "; " + text)
                            .orElse("");
            return new Explanation(false, why, List.of(), "The request is not limited: " + why + ".");
        }
        RequestLine line = RequestLine.of(request);
        Store store = new Store();
        List<Explanation.OfPolicy> explained = new ArrayList<>();
        for (RequestPolicy policy : policies) {
            explained.add(explain(policy, request, line, store));
        }
        boolean counted = explained.stream().anyMatch(Explanation.OfPolicy::applies);
        return new Explanation(counted, null, explained, words(explained, store));
    }

    private String words(Exemption exemption) {
        return switch (exemption) {
            case CLIENT -> "its client is in a network that is exempt ('exempt' is " + settings.exemptions() + ")";
            case PREFLIGHT -> "it is a CORS preflight, and 'preflights' is exempt";
            case ROUTE -> "its route is exempt ('exempt' is " + settings.exemptions() + ")";
            case NO_POLICY -> "no policy is for it";
        };
    }

    private Explanation.OfPolicy explain(
            RequestPolicy policy, HttpServletRequest request, RequestLine line, Store store) {
        String name = policy.settings().name();
        RequestClaims claims = new RequestClaims();
        try {
            policy.addClaims(request, line, claims);
        } catch (RuntimeException e) {
            // Whatever a class of the application makes of a request that is described and not real.
            return notFor(name, "it cannot be told: " + failure(e));
        }
        if (claims.isEmpty()) {
            return notFor(name, whyNot(policy.settings(), line));
        }
        List<Explanation.OfLimit> limits = new ArrayList<>();
        long bannedMicros = 0;
        for (Claim claim : claims.all()) {
            Standing standing = store.standing(claim);
            bannedMicros = Math.max(bannedMicros, standing == null ? 0 : standing.bannedForMicros());
            addLimits(limits, claim, standing);
        }
        Claim own = claims.all().get(0);
        return new Explanation.OfPolicy(
                name,
                true,
                why(policy, request, claims.all(), store),
                ShownClient.of(own.client()),
                own.cost(),
                own.limits().policies().tier(),
                Duration.of(bannedMicros, ChronoUnit.MICROS),
                limits);
    }

    private static Explanation.OfPolicy notFor(String name, String why) {
        return new Explanation.OfPolicy(name, false, why, null, 0, null, Duration.ZERO, List.of());
    }

    /** Not what others have written into their messages: it may be a secret. */
    private static String failure(RuntimeException e) {
        return e instanceof NotDescribedException
                ? e.getMessage() + ", which a class of the application asks it"
                : "a class of the application fails with " + e.getClass().getName();
    }

    private static String whyNot(PolicySettings policy, RequestLine line) {
        if (policy.isFor(line)) {
            return "the request costs nothing";
        }
        if (policy.match() != null && !policy.match().include(line)) {
            return (policy.match().includePath(line) ? "its method is" : "its path is") + " none of " + policy.match();
        }
        return "it is excepted: " + policy.except();
    }

    private static String why(RequestPolicy policy, HttpServletRequest request, List<Claim> claims, Store store) {
        PolicySettings settings = policy.settings();
        String client = claims.get(0).client();
        List<String> why = new ArrayList<>();
        why.add(settings.match() == null ? "it is for every request" : "it is for " + settings.match());
        why.add("the client is counted " + settings.client().why(client));
        settings.client().remark(request, client).ifPresent(why::add);
        if (claims.size() > 1) {
            why.add("its address is counted beside it, since anybody can make up such a client");
        }
        String tier = claims.get(0).limits().policies().tier();
        if (tier != null) {
            why.add("it is in tier '" + tier + "' by " + settings.tiers());
        } else if (settings.tiers() != null) {
            why.add("it is in no tier by " + settings.tiers());
        }
        if (settings.outcome() != null) {
            why.add("after some responses its permits are given back ('count' or 'refund')");
        }
        if (policy.isSwitched()) {
            why.add("the policy was switched to shadow on this node, and only counts");
        } else if (policy.onlyCounts()) {
            why.add("all its limits are in shadow, and only count");
        }
        if (store.isAway()) {
            QuotaPolicies limits = claims.get(0).limits().policies();
            why.add("what remains is not known, since the store is away: 'on-store-failure' is "
                    + limits.onStoreFailure().text());
        }
        return String.join("; ", why);
    }

    private static void addLimits(List<Explanation.OfLimit> limits, Claim claim, @Nullable Standing standing) {
        List<QuotaPolicy> configured = claim.limits().policies().policies();
        for (int i = 0; i < configured.size(); i++) {
            QuotaPolicy limit = configured.get(i);
            Standing.OfLimit now = standing == null ? null : standing.limits().get(i);
            long permits = now == null ? limit.permits() : now.policy().permits();
            limits.add(new Explanation.OfLimit(
                    limit.name(),
                    limit.toString(),
                    ShownClient.of(claim.client()),
                    permits,
                    now == null ? null : now.remaining(),
                    permits == limit.permits() ? null : permits,
                    limit.shadow(),
                    now != null && now.remaining() < claim.cost()));
        }
    }

    private static String words(List<Explanation.OfPolicy> policies, Store store) {
        List<Explanation.OfPolicy> counting =
                policies.stream().filter(Explanation.OfPolicy::applies).toList();
        if (counting.isEmpty()) {
            return "The request is not limited: "
                    + policies.stream()
                            .map(policy -> "policy '" + policy.name() + "' does not count it, as " + policy.why())
                            .collect(Collectors.joining(", and "))
                    + ".";
        }
        String counted = counting.stream()
                .map(policy -> "policy '" + policy.name() + "' counts it for " + policy.cost() + " as "
                        + policy.client() + left(policy))
                .collect(Collectors.joining(", and "));
        return "Of the request, " + counted + ". " + verdict(counting, store);
    }

    private static String left(Explanation.OfPolicy policy) {
        return policy.limits().stream()
                .filter(limit -> limit.remaining() != null)
                .map(limit -> limit.remaining() + " of " + limit.permits() + " left of '" + limit.name() + "'"
                        + (limit.override() == null ? "" : " by an override"))
                .collect(Collectors.joining(", ", " (", ")"))
                .replace(" ()", "");
    }

    private static String verdict(List<Explanation.OfPolicy> policies, Store store) {
        if (store.isAway()) {
            return "The store is away, so it is not known what would become of it.";
        }
        List<String> refusing = new ArrayList<>();
        List<String> inShadow = new ArrayList<>();
        for (Explanation.OfPolicy policy : policies) {
            if (!policy.banned().isZero()) {
                refusing.add("policy '" + policy.name() + "' has banned its client for "
                        + policy.banned().plusNanos(999_999_999).toSeconds() + " s more");
            }
            for (Explanation.OfLimit limit : policy.limits()) {
                if (limit.refuses()) {
                    (limit.shadow() ? inShadow : refusing)
                            .add("limit '" + limit.name() + "' of policy '" + policy.name() + "' "
                                    + (limit.shadow() ? "in shadow counts a refusal" : "refuses it"));
                }
            }
        }
        String shadow = inShadow.isEmpty() ? "" : ", and " + String.join(", ", inShadow);
        return refusing.isEmpty()
                ? "It would be admitted" + shadow + "."
                : "It would be refused: " + String.join(", ", refusing) + ".";
    }

    /** The store, which is not asked again once it did not answer: one question waits as long as a request does. */
    private final class Store {

        private boolean away;

        boolean isAway() {
            return away;
        }

        @Nullable
        Standing standing(Claim claim) {
            if (away) {
                return null;
            }
            try {
                return Objects.requireNonNull(limiter.standing(claim.limits(), claim.client()));
            } catch (StoreUnavailableException e) {
                away = true;
                return null;
            }
        }
    }
}
