package io.seawall.observe.console;

import io.seawall.filter.admin.FilterDescription.Setting;
import io.seawall.interceptors.SeawallTargets;
import io.seawall.observe.console.Subject.Kind;
import io.seawall.observe.health.HealthReport;
import io.seawall.resilience.circuitbreaker.CircuitView;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says how everything is now: {@code api/state}. */
final class StateText {

    private static final int MAX_EVENTS = 50;
    private static final double MILLIS = 1e3;
    private static final double MEDIAN = 0.5;
    private static final double P99 = 0.99;

    private final Sources sources;
    private final Recorder recorder;
    private final SetLimits setLimits;
    private final InstantSource clock;
    private final Node node;

    StateText(Sources sources, Recorder recorder, SetLimits setLimits, InstantSource clock, Node node) {
        this.sources = sources;
        this.recorder = recorder;
        this.setLimits = setLimits;
        this.clock = clock;
        this.node = node;
    }

    /** The same for all viewers. */
    void writeTo(JsonText json) {
        Change lately = recorder.lately();
        json.field("now", clock.millis());
        json.object("node", node::writeTo);
        json.object("health", this::health);
        json.objects(
                "filters",
                List.copyOf(sources.filters().entrySet()),
                (each, filter) -> new FilterText(
                                filter.getKey(),
                                filter.getValue(),
                                setLimits.of(filter.getKey(), filter.getValue()),
                                lately)
                        .writeTo(each));
        SeawallTargets known = sources.targets();
        Set<String> names = known == null ? Set.of() : known.names();
        json.objects(
                "targets",
                lately.to().all(Kind.TARGET),
                (each, target) -> target(each, target, lately, names.contains(target.name()) ? known : null));
        json.objects(
                "events",
                sources.events().stream().limit(MAX_EVENTS).toList(),
                (each, event) -> each.field("at", event.at().toEpochMilli())
                        .field("kind", event.kind())
                        .field("subject", event.subject())
                        .field("words", event.words()));
    }

    private void health(JsonText json) {
        HealthReport report = sources.health().look();
        json.field("state", report.state().text()).field("ready", report.isReady());
        json.objects(
                "checks",
                report.dependencies(),
                (each, check) -> each.field("name", check.name())
                        .field("kind", check.kind().text())
                        .field("critical", check.critical())
                        .field("up", check.up())
                        .field("words", check.words()));
        settings(json, sources.health().settings());
    }

    static void settings(JsonText json, List<Setting> settings) {
        json.objects(
                "settings",
                settings,
                (each, setting) -> each.field("name", setting.name())
                        .field("value", setting.value())
                        .field("from", setting.from()));
    }

    /** {@code known} is null for one that is not of CDI: of that there are numbers alone. */
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
        breaker(json, now, known == null ? Optional.empty() : known.circuit(target.name()));
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
        if (now.has(Meters.ATTEMPTS_IN_FLIGHT)) {
            json.field("inFlight", now.get(Meters.ATTEMPTS_IN_FLIGHT));
        }
        json.rate("p50Millis", lately.percentile(target, Meters.ATTEMPT_DURATION, MEDIAN) * MILLIS);
        json.rate("p99Millis", lately.percentile(target, Meters.ATTEMPT_DURATION, P99) * MILLIS);
        if (known != null) {
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
