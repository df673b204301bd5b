package io.seawall.interceptors;

import io.seawall.resilience.retry.BudgetPolicy;
import io.seawall.time.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The values that one method has been compiled with, and what stands outside of them in the code. Not thread-safe. */
final class MembersInForce {

    /**
     * A value.
     *
     * @param value as it was read; null for none
     * @param place where it is set outside; null if it is from the annotation
     */
    private record Value(@Nullable Object value, @Nullable String place) {

        @Override
        public String toString() {
            return text(value) + (place == null ? "" : " (" + place + ")");
        }
    }

    private final Map<String, Value> members = new LinkedHashMap<>();

    /** What several members come to together. */
    private final Map<String, @Nullable Object> groups = new HashMap<>();

    private final Map<String, String> idle = new LinkedHashMap<>();

    void put(String member, @Nullable Object value, @Nullable String place) {
        members.put(member, new Value(value, place));
    }

    /**
     * Notes a member that does nothing for this method.
     *
     * @param problem the same in words
     */
    void putIdle(String member, String problem) {
        idle.put(member, problem);
    }

    /** The members that are set outside and do nothing for this method, with what to say about them. */
    Map<String, String> idle() {
        return idle;
    }

    void putGroup(String group, @Nullable Object value) {
        groups.put(group, value);
    }

    /** The value of a member; null if it has none, or was not asked for. */
    @Nullable
    Object find(String member) {
        Value value = members.get(member);
        return value == null ? null : value.value();
    }

    /** What the members of a group come to; null if they come to nothing. */
    @Nullable
    Object findGroup(String group) {
        return groups.get(group);
    }

    /** The names of those members that begin so and are not the same there, in order. */
    List<String> differences(MembersInForce other, String prefix) {
        Collection<String> names = new TreeSet<>(members.keySet());
        names.addAll(other.members.keySet());
        return names.stream()
                .filter(member -> member.startsWith(prefix))
                .filter(member -> !Objects.equals(find(member), other.find(member)))
                .toList();
    }

    /** What has become of each member that is not the same here: {@code timeout was 2s, is 500ms (system property ...)}. */
    List<String> changesSince(MembersInForce before) {
        List<String> changes = new ArrayList<>();
        for (String member : differences(before, "")) {
            Value now = members.get(member);
            changes.add(member + " was " + text(before.find(member)) + ", is "
                    + (now == null ? "none" : now + (now.place() == null ? " (annotation)" : "")));
        }
        return changes;
    }

    /** The value of a member, for people. */
    String text(String member) {
        return text(find(member));
    }

    private static String text(@Nullable Object value) {
        if (value instanceof Duration duration) {
            return DurationText.format(duration);
        }
        if (value instanceof BudgetPolicy budget) {
            return budget.percent() + "% + " + budget.perSecond() + "/s";
        }
        if (value instanceof Class<?> type) {
            return type.getName();
        }
        if (value instanceof Collection<?> several) {
            return several.isEmpty()
                    ? "none"
                    : several.stream().map(MembersInForce::text).collect(Collectors.joining(","));
        }
        return value == null || value.toString().isBlank() ? "none" : value.toString();
    }

    /** Every member: {@code timeout=2s, retry.maxRetries=0 (system property ...), ...}. */
    @Override
    public String toString() {
        return Members.NAMES.stream()
                .filter(members::containsKey)
                .map(member -> member + "=" + members.get(member))
                .collect(Collectors.joining(", "));
    }
}
