package io.seawall.observe.console;

import io.seawall.interceptors.SeawallTargets;
import io.seawall.observe.console.Subject.Kind;
import io.seawall.resilience.circuitbreaker.CircuitView;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says how everything is now: {@code api/state}. */
final class StateText {

    private static final int MAX_EVENTS = 50;
    private static final double MILLIS = 1e3;
    private static final double MICROS = 1e6;
    private static final double MEDIAN = 0.5;
    private static final double P99 = 0.99;

    private final Sources sources;
    private final Recorder recorder;
    private final InstantSource clock;
    private final Node node;

    StateText(Sources sources, Recorder recorder, InstantSource clock, Node node) {
        this.sources = sources;
        this.recorder = recorder;
        this.clock = clock;
        this.node = node;
    }

    /** The same for all viewers. */
    void writeTo(JsonText json) {
        Change lately = recorder.lately();
        json.field("now", clock.millis());
        json.object("node", node::writeTo);
        json.objects("filters", lately.to().all(Kind.FILTER), (each, filter) -> filter(each, filter.filter(), lately));
        SeawallTargets known = sources.targets();
        json.objects("targets", lately.to().all(Kind.TARGET), (each, target) -> target(each, target, lately, known));
        json.objects(
                "events",
                sources.events().stream().limit(MAX_EVENTS).toList(),
                (each, event) -> each.field("at", event.at().toEpochMilli())
                        .field("kind", event.kind())
                        .field("subject", event.subject())
                        .field("words", event.words()));
    }

    private static void filter(JsonText json, String filter, Change lately) {
        Subject subject = Subject.filter(filter);
        json.field("name", filter);
        json.field("inFlight", lately.to().of(subject).get(Meters.IN_FLIGHT));
        json.object("store", store -> store(store, subject, lately));
        json.objects(
                "policies",
                lately.to().all(Kind.POLICY).stream()
                        .filter(policy -> policy.filter().equals(filter))
                        .toList(),
                (each, policy) -> policy(each, policy, lately));
    }

    private static void store(JsonText json, Subject filter, Change lately) {
        Numbers now = lately.to().of(filter);
        if (!now.has(Meters.REDIS_UP)) {
            json.field("kind", "memory");
            return;
        }
        json.field("kind", "redis").field("up", now.get(Meters.REDIS_UP) == 1);
        json.rate("p50Micros", lately.percentile(filter, Meters.REDIS_DURATION, MEDIAN) * MICROS);
        json.rate("p99Micros", lately.percentile(filter, Meters.REDIS_DURATION, P99) * MICROS);
        double roundTrips = lately.rate(filter, Meters.REDIS_ROUND_TRIPS);
        json.rate("roundTripsPerSecond", roundTrips);
        json.rate("questionsPerRoundTrip", lately.rate(filter, Meters.REDIS_QUESTIONS) / roundTrips);
        json.rate("sparedPerSecond", lately.rate(filter, Meters.REDIS_SPARED));
        json.rate("failuresPerSecond", lately.rate(filter, Meters.REDIS_FAILURES));
    }

    private static void policy(JsonText json, Subject policy, Change lately) {
        json.field("name", policy.name());
        json.array("limits", none -> {});
        json.rate("allowed", lately.rate(policy, Meters.of(Meters.DECISIONS, "allowed")));
        json.rate("refused", lately.rate(policy, Meters.of(Meters.DECISIONS, "refused")));
        json.rate("shadowRefused", lately.rate(policy, Meters.of(Meters.DECISIONS, "shadow-refused")));
        json.rate("uncharged", lately.rate(policy, Meters.of(Meters.DECISIONS, "uncharged")));
        json.rate("near", lately.rate(policy, Meters.NEAR));
    }

    private static void target(JsonText json, Subject target, Change lately, @Nullable SeawallTargets known) {
        Numbers now = lately.to().of(target);
        json.field("name", target.name());
        json.rate("calls", lately.rate(target, Meters.CALLS));
        json.object(
                "unsuccessful",
                outcomes -> now.byDetail(Meters.UNSUCCESSFUL)
                        .keySet()
                        .forEach(outcome ->
                                outcomes.rate(outcome, lately.rate(target, Meters.of(Meters.UNSUCCESSFUL, outcome)))));
        json.rate("retries", lately.rate(target, Meters.RETRIES));
        boolean isKnown = known != null && known.names().contains(target.name());
        breaker(json, now, isKnown && known != null ? known.circuit(target.name()) : Optional.empty());
        if (now.has(Meters.of(Meters.BUDGET, "granted"))) {
            json.object(
                    "budget",
                    budget -> budget.rate("granted", lately.rate(target, Meters.of(Meters.BUDGET, "granted")))
                            .rate("refused", lately.rate(target, Meters.of(Meters.BUDGET, "refused"))));
        }
        if (now.has(Meters.BULKHEAD_LIMIT)) {
            json.object(
                    "bulkhead",
                    bulkhead -> bulkhead.field("used", now.get(Meters.BULKHEAD_USED))
                            .field("waiting", now.get(Meters.BULKHEAD_WAITING))
                            .field("limit", now.get(Meters.BULKHEAD_LIMIT)));
        }
        if (now.has(Meters.CALLS_IN_FLIGHT)) {
            json.field("inFlight", now.get(Meters.CALLS_IN_FLIGHT));
        }
        json.rate("p50Millis", lately.percentile(target, Meters.CALL_DURATION, MEDIAN) * MILLIS);
        json.rate("p99Millis", lately.percentile(target, Meters.CALL_DURATION, P99) * MILLIS);
        if (isKnown && known != null) {
            json.texts("settings", known.settings(target.name()));
        }
    }

    /** Of a target without CDI, only the state is known. */
    private static void breaker(JsonText json, Numbers now, Optional<CircuitView> circuit) {
        if (circuit.isPresent()) {
            CircuitView view = circuit.get();
            json.object(
                    "breaker",
                    breaker -> breaker.field(
                                    "state",
                                    view.state().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                            .field("rule", view.rule())
                            .field("failures", view.failures())
                            .field("sinceMillis", view.forTime().toMillis()));
            return;
        }
        now.byDetail(Meters.BREAKER_STATE).entrySet().stream()
                .filter(state -> state.getValue() == 1)
                .map(Map.Entry::getKey)
                .findFirst()
                .ifPresent(state -> json.object("breaker", breaker -> breaker.field("state", state)));
    }
}
