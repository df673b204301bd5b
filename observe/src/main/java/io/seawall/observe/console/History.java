package io.seawall.observe.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last quarter of an hour, in slots. Bounded: of more filters, policies and targets than it has places, those have one that
 * were there first; one that has had nothing to count for as long as is remembered gives its place to one that has. Thread-safe.
 */
final class History {

    static final int STEP_MILLIS = 5_000;

    /** 15 minutes. */
    static final int SLOTS = 180;

    /** 200 targets of 4 series are half a megabyte here, and 1 MB of JSON for one who opens the page. */
    static final int MAX_TARGETS = 200;

    static final int MAX_POLICIES = 100;
    static final int MAX_FILTERS = 20;

    /** What is remembered of one subject. */
    private static final class Track {
        final Subject subject;
        final float[][] values;

        /** The slots by number, from the first on, when it was there and when it had something to count; -1: never. */
        long presentAt;

        long activeAt = -1;

        Track(Subject subject) {
            this.subject = subject;
            values = new float[names(subject.kind()).size()][SLOTS];
            for (float[] series : values) {
                Arrays.fill(series, Float.NaN);
            }
        }
    }

    /**
     * What is remembered of one number.
     *
     * @param subject what it is about
     * @param name of the number
     * @param values one for each time; not a number where there is none
     */
    @SuppressWarnings("ArrayRecordComponent") // written once, and compared by nobody
    record Series(Subject subject, String name, float[] values) {}

    /**
     * What is remembered.
     *
     * @param times the ends of the slots
     * @param series each with as many values
     * @param leftOut how many filters, policies and targets had no place in the last slot
     */
    record View(List<Long> times, List<Series> series, int leftOut) {}

    private final long[] times = new long[SLOTS];
    private final Map<Subject, Track> tracks = new LinkedHashMap<>();

    /** How many slots there ever were; the last is at one less, modulo their number. */
    private long slots;

    private int leftOut;

    /** The names of the series of a kind; their values have this order. */
    static List<String> names(Subject.Kind kind) {
        return switch (kind) {
            case FILTER -> List.of("in-flight");
            case POLICY -> List.of("allowed", "refused", "shadow-refused");
            case TARGET -> List.of("calls", "unsuccessful", "retries", "p99-millis");
        };
    }

    private static int places(Subject.Kind kind) {
        return switch (kind) {
            case FILTER -> MAX_FILTERS;
            case POLICY -> MAX_POLICIES;
            case TARGET -> MAX_TARGETS;
        };
    }

    /**
     * Adds a slot.
     *
     * @param timeMillis when it ended
     * @param values by subject, in the order of {@link #names}
     */
    synchronized void add(long timeMillis, Map<Subject, double[]> values) {
        keepOrder(timeMillis);
        long number = slots++;
        int place = (int) (number % SLOTS);
        times[place] = timeMillis;
        tracks.values().removeIf(track -> number - track.presentAt >= SLOTS);
        for (Track track : tracks.values()) {
            for (float[] series : track.values) {
                series[place] = Float.NaN;
            }
        }
        leftOut = 0;
        values.forEach((subject, row) -> {
            boolean active = Arrays.stream(row).anyMatch(value -> value > 0);
            Track track = track(subject, active, number);
            if (track == null) {
                leftOut++;
                return;
            }
            track.presentAt = number;
            track.activeAt = active ? number : track.activeAt;
            for (int i = 0; i < track.values.length; i++) {
                track.values[i][place] = (float) row[i];
            }
        });
    }

    /** Of a clock that was set back, all earlier times are corrected with it: else nothing would be newer for as long. */
    private void keepOrder(long timeMillis) {
        if (slots > 0 && lastTime() > timeMillis) {
            long back = lastTime() - (timeMillis - STEP_MILLIS);
            Arrays.setAll(times, place -> times[place] - back);
        }
    }

    private long lastTime() {
        return times[(int) ((slots - 1) % SLOTS)];
    }

    private @Nullable Track track(Subject subject, boolean active, long number) {
        Track known = tracks.get(subject);
        if (known != null) {
            return known;
        }
        Collection<Track> all = tracks.values();
        if (all.stream().filter(track -> track.subject.kind() == subject.kind()).count() >= places(subject.kind())) {
            Track idle = active
                    ? all.stream()
                            .filter(track -> track.subject.kind() == subject.kind())
                            .filter(track -> track.activeAt < 0 || number - track.activeAt >= SLOTS)
                            .findFirst()
                            .orElse(null)
                    : null;
            if (idle == null) {
                return null;
            }
            tracks.remove(idle.subject);
        }
        Track track = new Track(subject);
        track.presentAt = number;
        tracks.put(subject, track);
        return track;
    }

    /** How many slots there ever were. */
    synchronized long slots() {
        return slots;
    }

    /** How many of the slots that are remembered ended after an instant; all, if that has not come yet: the clock was set back. */
    synchronized int slotsSince(long timeMillis) {
        int remembered = (int) Math.min(slots, SLOTS);
        if (slots > 0 && timeMillis > lastTime()) {
            return remembered;
        }
        int later = 0;
        while (later < remembered && times[(int) ((slots - 1 - later) % SLOTS)] > timeMillis) {
            later++;
        }
        return later;
    }

    /** The last slots: no more than there are. */
    synchronized View last(int count) {
        int shown = (int) Math.min(count, Math.min(slots, SLOTS));
        List<Long> shownTimes = new ArrayList<>(shown);
        for (long number = slots - shown; number < slots; number++) {
            shownTimes.add(times[(int) (number % SLOTS)]);
        }
        List<Series> series = new ArrayList<>();
        for (Track track : tracks.values()) {
            List<String> names = names(track.subject.kind());
            for (int i = 0; i < names.size(); i++) {
                float[] values = new float[shown];
                for (int slot = 0; slot < shown; slot++) {
                    values[slot] = track.values[i][(int) ((slots - shown + slot) % SLOTS)];
                }
                series.add(new Series(track.subject, names.get(i), values));
            }
        }
        return new View(shownTimes, series, leftOut);
    }
}
