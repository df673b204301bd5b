package io.seawall.observe.health;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How an application is at one moment. Immutable.
 *
 * @param state where it is between its beginning and its end
 * @param dependencies the stores, the critical targets, and of the others those whose circuit refuses calls; at most {@value
 *     #MOST_OTHERS} of these
 */
public record HealthReport(State state, List<DependencyHealth> dependencies) {

    /** Enough to see that there is more than one; a balancer asks every few seconds. */
    static final int MOST_OTHERS = 5;

    /** Where an application is. */
    public enum State {
        /** It is being deployed. */
        STARTING,
        /** It takes requests. */
        SERVING,
        /** It still takes requests, and is to get no more. */
        DRAINING;

        /**
         * As it is written.
         *
         * @return in lower case
         */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Takes a copy of the list. */
    public HealthReport {
        dependencies = List.copyOf(dependencies);
    }

    /**
     * Whether a load balancer should send requests.
     *
     * @return true if the application serves, and nothing critical is down
     */
    public boolean isReady() {
        return state == State.SERVING && dependencies.stream().noneMatch(DependencyHealth::stops);
    }

    /** The same in the words of MicroProfile Health, which knows texts, numbers and truth values. */
    Map<String, String> data() {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("state", state.text());
        String stops = words(true);
        if (!stops.isEmpty()) {
            data.put("down", stops);
        }
        String others = words(false);
        if (!others.isEmpty()) {
            data.put("impaired", others);
        }
        return data;
    }

    /** What is down, and stops the application or does not. */
    private String words(boolean critical) {
        return dependencies.stream()
                .filter(check -> !check.up() && check.critical() == critical)
                .map(check -> check.kind().text() + " " + check.name() + ": " + check.words())
                .collect(Collectors.joining("; "));
    }
}
