package io.seawall.filter;

import io.seawall.filter.client.ClientAddress;
import io.seawall.filter.client.ClientResolver;
import io.seawall.filter.route.RequestCost;
import io.seawall.filter.route.Routes;
import io.seawall.filter.route.Tiers;
import io.seawall.ratelimit.OnStoreFailure;
import io.seawall.ratelimit.Penalty;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.QuotaPolicy;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes a policy of its settings, which are init-params or entries of a policies file: both have the same names and say the
 * same.
 */
final class PolicySettingsReader {

    /** What a policy may have; a {@code *} is the name of a tier. */
    static final Set<String> NAMES = Set.of(
            "match",
            "except",
            "client",
            "limits",
            "ip-limits",
            "tier",
            "tier.*.limits",
            "cost",
            "shadow",
            "on-store-failure",
            "count",
            "refund",
            "penalty",
            "lease");

    private static final String TIER_START = "tier.";
    private static final String TIER_END = ".limits";

    /** What a limit by address is called, after the limit that it stands beside. */
    private static final String IP = "-ip";

    /** Where settings come from, and how it is told what is wrong with one. */
    interface Source {

        /** The names of the settings that there are, in their order. */
        Set<String> names();

        /** Reads a setting that may be missing, and names it in what the parser complains of. */
        <T> @Nullable T read(String name, Function<String, T> parser);

        /** A complaint about a setting. */
        RuntimeException fault(String name, String why);
    }

    private final Source source;
    private final ClientAddress address;
    private final String setName;
    private final String defaultLimit;

    /**
     * For one policy.
     *
     * @param setName what its sets of limits are called in the store
     * @param defaultLimit what a limit without a name is called
     */
    PolicySettingsReader(Source source, ClientAddress address, String setName, String defaultLimit) {
        this.source = source;
        this.address = address;
        this.setName = setName;
        this.defaultLimit = defaultLimit;
    }

    /**
     * Reads the policy.
     *
     * @param name what it is called
     * @param defaults what it says where the source says nothing
     */
    PolicySettings read(String name, Defaults defaults) {
        boolean shadow = defaults.shadow()
                || Boolean.TRUE.equals(source.<Boolean>read("shadow", PolicySettingsReader::trueOrFalse));
        OnStoreFailure onStoreFailure =
                or(source.read("on-store-failure", OnStoreFailure::of), defaults.onStoreFailure());
        Penalty penalty = source.read("penalty", Penalty::parse);
        UnaryOperator<QuotaPolicies> complete = limits -> {
            QuotaPolicies whole = shadow ? limits.asShadow() : limits;
            return PairedLimits.onlyCounts(whole)
                    ? PairedLimits.onlyCounting(whole.withOnStoreFailure(onStoreFailure))
                    : whole.withOnStoreFailure(onStoreFailure).withPenalty(penalty);
        };
        ClientResolver client = or(
                source.read("client", text -> ClientResolver.parse(text, address)),
                ClientResolver.parse(defaults.client(), address));
        QuotaPolicies besideAll = source.read(
                "ip-limits", text -> QuotaPolicies.parse(setName + LimitSetName.IP, defaultLimit + IP, text));
        Function<QuotaPolicies, PairedLimits> pair = own -> {
            QuotaPolicies beside = besideAll == null && client.forgeable() ? ipTwin(own) : besideAll;
            return new PairedLimits(complete.apply(own), beside == null ? null : complete.apply(beside));
        };
        PairedLimits limits = requiredLimits(defaults, pair);
        Map<String, PairedLimits> tierLimits = new LinkedHashMap<>();
        for (String tier : tierNames()) {
            PairedLimits ofTier = source.read(
                    TIER_START + tier + TIER_END,
                    text -> pair.apply(limits(text).forTier(tier)));
            if (ofTier != null) {
                tierLimits.put(tier, ofTier);
            }
        }
        Integer lease = source.read("lease", PolicySettingsReader::lease);
        if (lease != null) {
            requireNoPenalty(penalty);
            limits = leased(limits, lease);
            tierLimits.replaceAll((tier, ofTier) -> leased(ofTier, lease));
        }
        RequestCost cost = or(source.read("cost", RequestCost::parse), RequestCost.ONE);
        requireAffordable(cost, limits, tierLimits.values());
        Routes match = source.read("match", Routes::parse);
        Routes except = source.read("except", Routes::parse);
        requireSomethingCounted(or(match, Routes.ALL), except, cost);
        return new PolicySettings(
                name,
                match,
                except,
                client,
                limits,
                tierLimits,
                tiers(tierLimits.keySet()),
                besideAll != null,
                cost,
                outcome());
    }

    /**
     * What a policy says where it does not say it itself.
     *
     * @param limits null: it has to say them
     * @param shadow whether all policies only count
     */
    record Defaults(@Nullable String limits, String client, OnStoreFailure onStoreFailure, boolean shadow) {}

    private PairedLimits requiredLimits(Defaults defaults, Function<QuotaPolicies, PairedLimits> pair) {
        PairedLimits limits = source.read("limits", text -> pair.apply(limits(text)));
        if (limits != null) {
            return limits;
        }
        if (defaults.limits() == null) {
            throw source.fault("limits", "a policy must have limits, for example 100/60s");
        }
        return pair.apply(limits(defaults.limits()));
    }

    private QuotaPolicies limits(String text) {
        return QuotaPolicies.parse(setName, defaultLimit, text);
    }

    /** Whether a setting is the limits of some tier. */
    static boolean isOfTier(String setting) {
        return setting.length() > TIER_START.length() + TIER_END.length()
                && setting.startsWith(TIER_START)
                && setting.endsWith(TIER_END);
    }

    private Set<String> tierNames() {
        Set<String> tiers = new LinkedHashSet<>();
        for (String name : source.names()) {
            if (isOfTier(name)) {
                tiers.add(name.substring(TIER_START.length(), name.length() - TIER_END.length()));
            }
        }
        return tiers;
    }

    private @Nullable Tiers tiers(Set<String> names) {
        Tiers tiers = source.read("tier", text -> Tiers.parse(text, names));
        if (tiers == null && !names.isEmpty()) {
            String first = TIER_START + names.iterator().next() + TIER_END;
            throw source.fault(
                    first, "no request is ever in this tier: say with 'tier' how it is found, for example role:NAME");
        }
        if (tiers != null) {
            for (String unreachable : tiers.unreachable()) {
                throw source.fault(
                        TIER_START + unreachable + TIER_END,
                        "no request is ever in this tier, as 'tier' is " + tiers + ": add role:" + unreachable
                                + " there, or delete this");
            }
        }
        return tiers;
    }

    /**
     * Whoever can call itself anything is limited by its address too, or a new name would buy a new quota. In a tier, by that of
     * the tier: or it would get no more than everybody.
     */
    private static QuotaPolicies ipTwin(QuotaPolicies limits) {
        List<QuotaPolicy> twins = limits.policies().stream()
                .map(limit -> new QuotaPolicy(
                        limit.name() + IP,
                        limit.permits(),
                        limit.window(),
                        limit.algorithm(),
                        limit.burst(),
                        limit.shadow()))
                .toList();
        return new QuotaPolicies(limits.name() + LimitSetName.IP, twins).forTier(limits.tier());
    }

    private @Nullable OutcomeRule outcome() {
        OutcomeRule count = source.read("count", OutcomeRule::count);
        OutcomeRule refund = source.read("refund", OutcomeRule::refund);
        if (count != null && refund != null) {
            throw source.fault("refund", "there is a 'count' too, which gives back all others: use one of them");
        }
        return count == null ? refund : count;
    }

    private static int lease(String text) {
        boolean number = !text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int permits = number ? Integer.parseInt(text) : 0;
        if (permits < QuotaPolicies.MIN_LEASE || permits > QuotaPolicies.MAX_LEASE) {
            throw new IllegalArgumentException("it is not a number of permits to take at once: write "
                    + QuotaPolicies.MIN_LEASE + " to " + QuotaPolicies.MAX_LEASE + ", or leave it out to ask for each");
        }
        return permits;
    }

    /** Also of limits in shadow, which have none now and shall have it when they are enforced. */
    private void requireNoPenalty(@Nullable Penalty penalty) {
        if (penalty != null) {
            throw source.fault(
                    "lease",
                    "there is a 'penalty' too, and a node would go on granting to a client that was banned on another:"
                            + " use one of them");
        }
    }

    private PairedLimits leased(PairedLimits limits, int permits) {
        try {
            return limits.withLease(permits);
        } catch (IllegalArgumentException e) {
            throw source.fault("lease", String.valueOf(e.getMessage()));
        }
    }

    private void requireAffordable(RequestCost cost, PairedLimits limits, Iterable<PairedLimits> tierLimits) {
        try {
            limits.all().forEach(set -> set.requireSatisfiable(cost.most()));
            tierLimits.forEach(ofTier -> ofTier.all().forEach(set -> set.requireSatisfiable(cost.most())));
        } catch (IllegalArgumentException e) {
            throw source.fault("cost", String.valueOf(e.getMessage()));
        }
    }

    private void requireSomethingCounted(Routes match, @Nullable Routes except, RequestCost cost) {
        if (except != null && !match.anyRemains(except::exempt)) {
            throw source.fault(
                    "except",
                    "it has all that the policy is for, " + match + ", and nothing is limited: name less here");
        }
        if (!match.anyRemains(line -> cost.isFree(line) || (except != null && except.exempt(line)))) {
            throw source.fault(
                    "cost",
                    "all that the policy is for, " + match + ", costs nothing, and nothing is limited: name less here");
        }
    }

    static boolean trueOrFalse(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is not a choice: use true or false");
        };
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
