package io.seawall.observe.health;

import io.seawall.filter.DrainingFlag;
import io.seawall.filter.RateLimits;
import io.seawall.filter.admin.FilterDescription.Setting;
import io.seawall.interceptors.SeawallTargets;
import io.seawall.observe.health.DependencyHealth.Kind;
import io.seawall.observe.health.HealthReport.State;
import jakarta.servlet.ServletContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The health of one application: what {@link HealthServlet}, MicroProfile Health and the console show. Looking costs no more than
 * reading what is there: no dependency is asked. Thread-safe.
 */
public final class Health {

    private static final Logger LOG = System.getLogger(Health.class.getName());
    private static final String ATTRIBUTE = "io.seawall.health";

    /** What is looked at, where there is any of it. */
    interface Sources {

        /** Null if there are none, or none yet. */
        @Nullable
        SeawallTargets targets();

        /** Filters that count in Redis, and whether that is there. */
        Map<String, Boolean> stores();
    }

    private final HealthSettings settings;
    private final BooleanSupplier isDraining;
    private final Sources sources;
    private final StoreAbsences absences;
    private final AtomicBoolean toldUnknown = new AtomicBoolean();

    /** Servlets whose init-params were read. */
    private final Set<String> heeded;

    private final List<Setting> described;

    private volatile boolean started;

    Health(HealthSettings settings, BooleanSupplier isDraining, Sources sources, LongSupplier nanoTime) {
        this(settings, Set.of(), List.of(), isDraining, sources, nanoTime);
    }

    private Health(
            HealthSettings settings,
            Collection<String> servlets,
            List<Setting> described,
            BooleanSupplier isDraining,
            Sources sources,
            LongSupplier nanoTime) {
        this.heeded = Set.copyOf(servlets);
        this.described = List.copyOf(described);
        this.settings = settings;
        this.isDraining = isDraining;
        this.sources = sources;
        this.absences = new StoreAbsences(nanoTime);
    }

    /**
     * That of an application.
     *
     * @param context of the application
     * @return always the same while the application runs
     * @throws IllegalArgumentException if a setting of it is wrong
     */
    public static Health of(ServletContext context) {
        if (context.getAttribute(ATTRIBUTE) instanceof Health health) {
            return health;
        }
        Health health = starting(context, HealthParams.of(context));
        health.start(); // nobody has told of the deployment, and somebody asks: it is over
        return health;
    }

    /**
     * That of a web application, as far as somebody has put it there.
     *
     * @param startedWith what its application scope began with
     */
    static @Nullable Health find(Object startedWith) {
        return startedWith instanceof ServletContext context && context.getAttribute(ATTRIBUTE) instanceof Health health
                ? health
                : null;
    }

    /**
     * Puts that of an application that is being deployed where it is looked for.
     *
     * @throws IllegalArgumentException if a setting of it is wrong
     */
    static Health starting(ServletContext context, HealthParams params) {
        HealthSettings settings = HealthSettings.read(params);
        Health health = new Health(
                settings,
                params.servlets(),
                params.settings(),
                DrainingFlag.of(context)::get,
                new OfContext(context),
                System::nanoTime);
        context.setAttribute(ATTRIBUTE, health);
        return health;
    }

    /**
     * Refuses what a servlet says that the application has registered too late.
     *
     * @param now all that is said now
     * @throws IllegalArgumentException if it says otherwise than what holds
     */
    void requireHeeded(String servlet, HealthParams now) {
        if (!heeded.contains(servlet) && !HealthSettings.read(now).equals(settings)) {
            throw new IllegalArgumentException("servlet '" + servlet
                    + "' was registered after the settings of health were read: declare it in web.xml, or set"
                    + " seawall.health.critical and the like outside");
        }
    }

    /** Of a web application. */
    private record OfContext(ServletContext context) implements Sources {

        @Override
        public @Nullable SeawallTargets targets() {
            return context.getAttribute(SeawallTargets.ATTRIBUTE) instanceof SeawallTargets targets ? targets : null;
        }

        @Override
        public Map<String, Boolean> stores() {
            Map<String, Boolean> stores = new TreeMap<>();
            RateLimits.all(context).forEach((filter, limits) -> {
                if (limits.isShared()) {
                    stores.put(filter, limits.isStoreAvailable());
                }
            });
            return stores;
        }
    }

    /** The deployment is over. */
    void start() {
        started = true;
    }

    /**
     * Checks the names of the critical targets, as soon as those of all targets are known.
     *
     * @param unknownKeys that are no settings, in words; unless a target is called so that they may be its
     * @throws IllegalArgumentException if there is no such target, or a key that does nothing
     */
    void requireKnown(List<String> unknownKeys) {
        SeawallTargets targets = sources.targets();
        Set<String> names = targets == null ? Set.of() : targets.names();
        if (!unknownKeys.isEmpty() && !names.contains("health")) {
            throw new IllegalArgumentException(String.join("; ", unknownKeys));
        }
        String unknown = targets == null ? null : unknown(names);
        if (unknown != null) {
            throw new IllegalArgumentException(unknown);
        }
        if (targets != null) {
            tellWithoutCircuit(targets);
        }
    }

    /** It is no reason to stop: somebody may have switched a breaker off in a hurry, by a setting outside. */
    private void tellWithoutCircuit(SeawallTargets targets) {
        List<String> without = settings.critical().stream()
                .filter(name -> targets.breakerState(name).isEmpty())
                .toList();
        if (!without.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    () -> "'critical' of the health of the application names " + without
                            + ", which has no circuit breaker and so is never down: give it one, or remove it");
        }
    }

    private @Nullable String unknown(Set<String> known) {
        Set<String> unknown = new TreeSet<>(settings.critical());
        unknown.removeAll(known);
        return unknown.isEmpty()
                ? null
                : "'critical' of the health of the application names " + unknown
                        + ", and there is no such target: use one of " + known + ", or remove it";
    }

    /**
     * What it is set to, and where each setting came from; but for {@code drain-status}, which is each servlet's own.
     *
     * @return by name
     */
    public List<Setting> settings() {
        return described;
    }

    /**
     * How the application is now.
     *
     * @return a snapshot
     */
    public HealthReport look() {
        State state = !started ? State.STARTING : isDraining.getAsBoolean() ? State.DRAINING : State.SERVING;
        List<DependencyHealth> dependencies = new ArrayList<>();
        sources.stores().forEach((filter, isThere) -> dependencies.add(store(filter, isThere)));
        SeawallTargets targets = sources.targets();
        if (targets != null) {
            addTargets(targets, dependencies);
        }
        return new HealthReport(state, dependencies);
    }

    private DependencyHealth store(String filter, boolean isThere) {
        Duration away = absences.look(filter, isThere);
        boolean isUp = isThere || away.compareTo(settings.storeGrace()) < 0;
        String words = isThere ? "there" : "away for " + away.toSeconds() + " s";
        return new DependencyHealth(Kind.STORE, filter, settings.isStoreCritical(), isUp, words);
    }

    private void addTargets(SeawallTargets targets, List<DependencyHealth> dependencies) {
        int others = 0;
        Set<String> names = targets.names();
        for (String name : names) {
            boolean isCritical = settings.critical().contains(name);
            boolean isRefusing = targets.isRefusing(name);
            if (isCritical || (isRefusing && others++ < HealthReport.MOST_OTHERS)) {
                dependencies.add(new DependencyHealth(
                        Kind.TARGET, name, isCritical, !isRefusing, words(targets, name, isRefusing)));
            }
        }
        tellUnknown(names);
    }

    private static String words(SeawallTargets targets, String target, boolean isRefusing) {
        if (isRefusing) {
            return "circuit open";
        }
        return targets.breakerState(target).isPresent() ? "circuit lets calls through" : "has no circuit";
    }

    private void tellUnknown(Set<String> names) {
        if (started && !names.containsAll(settings.critical()) && toldUnknown.compareAndSet(false, true)) {
            String unknown = unknown(names);
            LOG.log(Level.ERROR, () -> unknown + "; until then it does not count");
        }
    }
}
