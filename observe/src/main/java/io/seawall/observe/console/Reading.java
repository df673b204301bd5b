package io.seawall.observe.console;

import io.seawall.metrics.MetricFamily;
import io.seawall.metrics.Sample;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * All numbers of an application that the console shows, at one instant. Immutable.
 *
 * @param nanos when it was, on a clock that only goes on
 * @param numbers by what they are about, in order
 */
record Reading(long nanos, Map<Subject, Numbers> numbers) {

    /** Others are not kept: an application with many targets has many numbers. */
    private static final Set<String> SHOWN = Set.of(
            Meters.IN_FLIGHT,
            Meters.DECISIONS,
            Meters.NEAR,
            Meters.REDIS_UP,
            Meters.REDIS_DURATION,
            Meters.REDIS_FAILURES,
            Meters.REDIS_ROUND_TRIPS,
            Meters.REDIS_QUESTIONS,
            Meters.REDIS_SPARED,
            Meters.CALLS,
            Meters.UNSUCCESSFUL,
            Meters.RETRIES,
            Meters.BUDGET,
            Meters.BREAKER_STATE,
            Meters.BULKHEAD_USED,
            Meters.BULKHEAD_WAITING,
            Meters.BULKHEAD_LIMIT,
            Meters.ATTEMPTS_IN_FLIGHT,
            Meters.ATTEMPT_DURATION);

    private static final Numbers NONE = new Numbers();

    static Reading of(Collection<MetricFamily> families, long nanos) {
        Map<Subject, Numbers> numbers = new TreeMap<>(Comparator.comparing(Subject::kind)
                .thenComparing(Subject::filter)
                .thenComparing(Subject::name));
        for (MetricFamily family : families) {
            if (SHOWN.contains(family.meter().name())) {
                add(family, numbers);
            }
        }
        return new Reading(nanos, Collections.unmodifiableMap(numbers));
    }

    private static void add(MetricFamily family, Map<Subject, Numbers> numbers) {
        String meter = family.meter().name();
        List<String> labels = family.meter().labels();
        int filter = labels.indexOf("filter");
        int policy = labels.indexOf("policy");
        int target = labels.indexOf("target");
        int detail = Math.max(labels.indexOf("outcome"), labels.indexOf("state"));
        for (Sample sample : family.samples()) {
            List<String> values = sample.labelValues();
            Subject subject;
            if (target >= 0) {
                subject = Subject.target(values.get(target));
            } else if (filter >= 0) {
                subject = policy < 0
                        ? Subject.filter(values.get(filter))
                        : Subject.policy(values.get(filter), values.get(policy));
            } else {
                continue;
            }
            numbers.computeIfAbsent(subject, one -> new Numbers())
                    .add(detail < 0 ? meter : Meters.of(meter, values.get(detail)), sample);
        }
    }

    /** Empty ones if there are none. */
    Numbers of(Subject subject) {
        return numbers.getOrDefault(subject, NONE);
    }

    /** Those of a kind, in order. */
    List<Subject> all(Subject.Kind kind) {
        return numbers.keySet().stream()
                .filter(subject -> subject.kind() == kind)
                .toList();
    }
}
