package io.seawall.filter;

import io.seawall.filter.admin.FilterDescription.Setting;
import io.seawall.filter.answer.Answers;
import io.seawall.filter.answer.FieldStyle;
import io.seawall.filter.answer.RefusalBody;
import io.seawall.filter.client.ClientAddress;
import io.seawall.filter.client.ClientResolver;
import io.seawall.filter.client.ForwardedHeader;
import io.seawall.filter.client.Ipv6Prefix;
import io.seawall.filter.client.TrustedProxies;
import io.seawall.filter.route.Exemptions;
import io.seawall.filter.route.Preflights;
import io.seawall.filter.settings.PolicyFile;
import io.seawall.filter.settings.PolicySetting;
import io.seawall.filter.settings.PropertyEntry;
import io.seawall.ratelimit.LimitStore;
import io.seawall.ratelimit.OnStoreFailure;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.RateLimiter;
import io.seawall.redis.RedisAddress;
import io.seawall.redis.RedisLimitStore;
import io.seawall.time.DurationText;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The init-params, read and checked.
 *
 * @param policies at least one: that of the init-params, or those of the policies file
 * @param exemptions who and what is never limited
 * @param address how the address of a client is found
 * @param redis where the counts are, or null for this JVM
 * @param keyPrefix first part of every Redis key
 * @param storeTimeout how long a wait for Redis may take
 * @param memory how much this node remembers itself
 * @param preflights whether CORS preflights are counted
 * @param answers what clients are told
 * @param shown all settings, for administrators
 */
record FilterSettings(
        List<PolicySettings> policies,
        Exemptions exemptions,
        ClientAddress address,
        @Nullable RedisAddress redis,
        String keyPrefix,
        Duration storeTimeout,
        LocalMemory memory,
        Preflights preflights,
        Answers answers,
        List<Setting> shown) {

    /** What a filter without a policies file calls its policy. */
    private static final String SOLE_POLICY = "default";

    private static final String DEFAULT_LIMITS = "100/60s";
    private static final String DEFAULT_CLIENT = "ip";

    /** What is said once for all policies. */
    private static final Set<String> OF_THE_FILTER = Set.of(
            "policies",
            "exempt",
            "trusted-proxies",
            "forwarded-header",
            "ipv6-prefix",
            "redis",
            "key-prefix",
            "store-timeout",
            "max-clients",
            "max-client-memory",
            "headers",
            "preflights",
            "refusal-page");

    /** What policies of a file have from the init-params unless they say otherwise. */
    private static final Set<String> DEFAULTS_OF_FILE = Set.of("client", "on-store-failure", "shadow");

    FilterSettings {
        policies = List.copyOf(policies);
        shown = List.copyOf(shown);
    }

    static FilterSettings read(FilterConfig config) throws ServletException {
        try {
            return read(new InitParams(config), config.getFilterName(), config.getServletContext());
        } catch (IllegalArgumentException e) {
            // Not itself as the cause, which a container would only print twice.
            throw new ServletException(e.getMessage(), e.getCause());
        }
    }

    private static FilterSettings read(InitParams params, String filterName, ServletContext application) {
        requireKnown(params);
        ClientAddress address = address(params);
        List<Setting> ofFile = new ArrayList<>();
        List<PolicySettings> policies = policies(params, filterName, application, address, ofFile);
        FieldStyle style = params.read("headers", "draft", text -> choice(text, FieldStyle.values()));
        return new FilterSettings(
                policies,
                exemptions(params, policies),
                address,
                params.readUnlessBlank("redis", RedisAddress::parse),
                params.read("key-prefix", "seawall", RedisLimitStore::requirePrefix),
                params.read(
                        "store-timeout",
                        DurationText.format(RedisLimitStore.DEFAULT_TIMEOUT),
                        text -> RedisLimitStore.requireTimeout(DurationText.parse(text))),
                new LocalMemory(
                        params.read("max-clients", LocalMemory.DEFAULT_MAX_CLIENTS, LocalMemory::maxClients),
                        params.read("max-client-memory", LocalMemory.DEFAULT_MAX_BYTES, LocalMemory::maxBytes)),
                params.read("preflights", "exempt", text -> choice(text, Preflights.values())),
                new Answers(
                        style,
                        setsOf(policies),
                        params.read("refusal-page", "", text -> RefusalBody.parse(text, application))),
                Stream.concat(params.settings().stream(), ofFile.stream()).toList());
    }

    private static void requireKnown(InitParams params) {
        for (String name : params.names()) {
            if (!OF_THE_FILTER.contains(name)
                    && !PolicySettingsReader.NAMES.contains(name)
                    && !PolicySettingsReader.isOfTier(name)) {
                Set<String> known = new TreeSet<>(OF_THE_FILTER);
                known.addAll(PolicySettingsReader.NAMES);
                throw params.fault(name, "there is no such parameter; use one of " + known);
            }
        }
    }

    private static Exemptions exemptions(InitParams params, List<PolicySettings> policies) {
        return params.read("exempt", "", text -> {
            Exemptions exemptions = Exemptions.parse(text);
            for (PolicySettings policy : policies) {
                if (!policy.isForAnything(exemptions)) {
                    throw new IllegalArgumentException("all that policy '" + policy.name()
                            + "' is for is exempt here or there, and it limits nothing: exempt less, or delete the"
                            + " policy");
                }
            }
            return exemptions;
        });
    }

    private static ClientAddress address(InitParams params) {
        TrustedProxies proxies = params.read("trusted-proxies", "", TrustedProxies::parse);
        ForwardedHeader header =
                params.readUnlessBlank("forwarded-header", text -> ForwardedHeader.parse(text, proxies));
        return new ClientAddress(
                proxies,
                header == null ? ForwardedHeader.X_FORWARDED_FOR : header,
                params.read("ipv6-prefix", "64", Ipv6Prefix::parse));
    }

    private static List<PolicySettings> policies(
            InitParams params,
            String filterName,
            ServletContext application,
            ClientAddress address,
            List<Setting> ofFile) {
        Set<String> settings = PolicySettingsReader.NAMES;
        PolicyFile file =
                params.readUnlessBlank("policies", location -> PolicyFile.read(location, application, settings));
        if (file == null) {
            PolicySettingsReader reader = new PolicySettingsReader(
                    params, address, LimitSetName.of(filterName, null), QuotaPolicies.DEFAULT_LIMIT);
            PolicySettings sole = reader.read(
                    SOLE_POLICY,
                    new PolicySettingsReader.Defaults(DEFAULT_LIMITS, DEFAULT_CLIENT, OnStoreFailure.LOCAL, false));
            params.noteDefault("limits", DEFAULT_LIMITS);
            params.noteDefault("client", DEFAULT_CLIENT);
            params.noteDefault("on-store-failure", OnStoreFailure.LOCAL.text());
            params.noteDefault("shadow", "false");
            return List.of(sole);
        }
        requireNoPolicyOfItsOwn(params);
        PolicySettingsReader.Defaults defaults = new PolicySettingsReader.Defaults(
                null,
                params.read("client", DEFAULT_CLIENT, text -> {
                    ClientResolver.parse(text, address);
                    return text;
                }),
                params.read("on-store-failure", "local", OnStoreFailure::of),
                params.read("shadow", "false", PolicySettingsReader::trueOrFalse));
        List<PolicySettings> policies = new ArrayList<>();
        Map<String, String> policyBySet = new HashMap<>();
        for (Map.Entry<String, Map<String, PolicySetting>> policy :
                file.policies().entrySet()) {
            String name = policy.getKey();
            PolicySettingsReader reader = new PolicySettingsReader(
                    new FileEntries(name, policy.getValue()), address, LimitSetName.of(filterName, name), name);
            PolicySettings read = reader.read(name, defaults);
            requireApart(read, firstEntry(policy.getValue()), policyBySet);
            policies.add(read);
            policy.getValue().values().forEach(setting -> ofFile.add(shown(setting)));
        }
        return policies;
    }

    private static Setting shown(PolicySetting setting) {
        PropertyEntry entry = setting.entry();
        return InitParams.setting(entry.key(), entry.value(), setting.value(), entry.file() + ":" + entry.line());
    }

    /** A policy that is called like the limits by address of another would use up what these grant. */
    private static void requireApart(PolicySettings policy, PropertyEntry first, Map<String, String> policyBySet) {
        policy.sets().map(QuotaPolicies::name).distinct().forEach(set -> {
            String other = policyBySet.putIfAbsent(set, policy.name());
            if (other != null) {
                throw first.fault("policy '" + policy.name() + "' would share its counts with '" + other
                        + "': give it a name that does not end in '" + LimitSetName.IP + "'");
            }
        });
    }

    private static PropertyEntry firstEntry(Map<String, PolicySetting> settings) {
        return settings.values().iterator().next().entry();
    }

    private static void requireNoPolicyOfItsOwn(InitParams params) {
        for (String name : params.names()) {
            if (!OF_THE_FILTER.contains(name) && !DEFAULTS_OF_FILE.contains(name)) {
                throw params.fault(
                        name,
                        "there is a policies file too, and it would not say of which policy this is: write <policy>."
                                + name + " into the file, or remove 'policies'");
            }
        }
    }

    /** All sets of limits that clients may be told of. */
    private static Collection<QuotaPolicies> setsOf(List<PolicySettings> policies) {
        return policies.stream().flatMap(PolicySettings::sets).toList();
    }

    /** Whether the same requests are counted for the same clients by the same limits, whatever these are called in the store. */
    boolean countsAs(FilterSettings other) {
        return exemptions.toString().equals(other.exemptions.toString())
                && counting().equals(other.counting());
    }

    private List<List<@Nullable Object>> counting() {
        return policies.stream()
                .map(policy -> Arrays.<@Nullable Object>asList(policy.toString(), policy.cost(), policy.outcome()))
                .toList();
    }

    RateLimiter newLimiter() {
        LimitStore store = redis == null ? memory.newStore() : new RedisLimitStore(redis, keyPrefix, storeTimeout);
        return new RateLimiter(store, memory.newStore());
    }

    /** For the log line at start. */
    @Override
    public String toString() {
        return policies.size() == 1
                ? policies.get(0) + counted()
                : policies.stream()
                                .map(policy -> policy.name() + ": " + policy)
                                .collect(Collectors.joining(System.lineSeparator(), System.lineSeparator(), ""))
                        + System.lineSeparator()
                        + counted().substring(2);
    }

    private String counted() {
        return redis == null
                ? ", counted in this JVM" + (leases().isEmpty() ? "" : ", where 'lease' does nothing")
                : ", counted in Redis at " + redis + " with the prefix '" + keyPrefix + "', on-store-failure "
                        + policies.stream()
                                .map(policy ->
                                        policy.limits().own().onStoreFailure().text())
                                .distinct()
                                .collect(Collectors.joining(" or "))
                        + (leases().isEmpty() ? "" : ", with leases of up to " + leases() + " permits");
    }

    private String leases() {
        return policies.stream()
                .map(policy -> policy.limits().own().lease())
                .filter(lease -> lease > 0)
                .map(String::valueOf)
                .distinct()
                .collect(Collectors.joining(" or "));
    }

    /** In configuration, a choice has its own name in lower case. */
    private static <E extends Enum<E>> E choice(String text, E[] choices) {
        for (E choice : choices) {
            if (choice.name().toLowerCase(Locale.ROOT).equals(text)) {
                return choice;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is not a choice: use "
                + Arrays.stream(choices)
                        .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ")));
    }

    /** The settings of one policy of a file. */
    private record FileEntries(String policy, Map<String, PolicySetting> settings)
            implements PolicySettingsReader.Source {

        @Override
        public Set<String> names() {
            return Collections.unmodifiableSet(new LinkedHashSet<>(settings.keySet()));
        }

        @Override
        public <T> @Nullable T read(String name, Function<String, T> parser) {
            PolicySetting setting = settings.get(name);
            return setting == null ? null : setting.read(parser);
        }

        /** At the setting, or where the policy begins if it is missing. */
        @Override
        public IllegalArgumentException fault(String name, String why) {
            PolicySetting setting = settings.get(name);
            PropertyEntry entry = setting == null ? firstEntry(settings) : setting.entry();
            return entry.fault("'" + policy + "." + name + "' "
                    + (setting == null ? "is missing" : "is '" + setting.value() + "'") + ": " + why);
        }
    }
}
