package io.seawall.observe.health;

import io.seawall.filter.settings.InitParameters;
import io.seawall.time.DurationText;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * For what an application takes no requests.
 *
 * @param critical the targets whose circuits must not refuse calls
 * @param isStoreCritical whether Redis must be there
 * @param storeGrace how long Redis may be away before it counts
 */
record HealthSettings(Set<String> critical, boolean isStoreCritical, Duration storeGrace) {

    static final String DRAIN_STATUS = "drain-status";

    /** All that can be set, for the servlet and outside. */
    static final List<String> NAMES = List.of("critical", "critical-store", "store-grace", DRAIN_STATUS);

    /** A failover of Redis takes a few seconds, and all nodes see it. */
    private static final String DEFAULT_GRACE = "10s";

    private static final Duration MAX_GRACE = Duration.ofHours(1);

    HealthSettings {
        critical = Collections.unmodifiableSet(new LinkedHashSet<>(critical));
    }

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException if one is wrong; the message names it, its value, the rule and what to do
     */
    static HealthSettings read(HealthParams params) {
        params.requireKnown(NAMES);
        return new HealthSettings(
                params.read("critical", "", HealthSettings::names),
                params.read("critical-store", "false", InitParameters::trueOrFalse),
                params.read("store-grace", DEFAULT_GRACE, HealthSettings::grace));
    }

    private static Set<String> names(String text) {
        Set<String> names = new LinkedHashSet<>();
        if (text.isEmpty()) {
            return names;
        }
        for (String name : text.split(",", -1)) {
            if (name.isBlank()) {
                throw new IllegalArgumentException(
                        "a name is missing: write names of targets with ',' between them, for example payments, inventory");
            }
            if (!names.add(name.strip())) {
                throw new IllegalArgumentException("'" + name.strip() + "' is there twice: delete one");
            }
        }
        return names;
    }

    private static Duration grace(String text) {
        Duration grace = DurationText.parse(text);
        if (grace.compareTo(MAX_GRACE) > 0) {
            throw new IllegalArgumentException("use 0s to " + DurationText.format(MAX_GRACE));
        }
        return grace;
    }

    /** What a balancer is told while the application drains. */
    static int drainStatus(HealthParams params) {
        return params.read(DRAIN_STATUS, "503", text -> switch (text) {
            case "503" -> 503;
            case "404" -> 404;
            default ->
                throw new IllegalArgumentException("use 503, or 404 for HAProxy with 'http-check disable-on-404'");
        });
    }
}
