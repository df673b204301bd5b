package io.seawall.interceptors;

import jakarta.enterprise.inject.spi.DefinitionException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** What two methods of one target must want alike, since they share it. */
final class Agreement {

    private Agreement() {}

    /**
     * Compares a method with one that was there before.
     *
     * @throws DefinitionException that names what differs, and both places
     */
    static void require(String target, Members before, Members now) {
        require("breaker", "circuit", target, before, now);
        require("bulkhead", "bulkhead", target, before, now);
        if (retries(before) && retries(now)) {
            Object there = before.inForce().find("retry.budget");
            Object here = now.inForce().find("retry.budget");
            // Who does without leaves what the others have alone.
            if (there != null && here != null && !there.equals(here)) {
                refuse("retry budget", target, List.of("retry.budget"), before, now);
            }
        }
    }

    private static void require(String group, String shared, String target, Members before, Members now) {
        Object there = before.inForce().findGroup(group);
        Object here = now.inForce().findGroup(group);
        if (there != null && here != null && !Objects.equals(there, here)) {
            refuse(shared, target, now.inForce().differences(before.inForce(), group + "."), before, now);
        }
    }

    private static void refuse(String shared, String target, List<String> members, Members before, Members now) {
        String both = members.stream()
                .map(member -> (members.size() == 1 ? "it" : "'" + member + "'") + " is "
                        + now.inForce().text(member) + " here and "
                        + before.inForce().text(member) + " in " + before.where())
                .collect(Collectors.joining(", "));
        now.check(members.get(0), () -> {
            throw new IllegalArgumentException(both + "; all methods of the target '" + target + "' share one " + shared
                    + ": give them the same, or another target");
        });
    }

    private static boolean retries(Members members) {
        return members.inForce().find("retry.maxRetries") instanceof Integer most && most > 0;
    }
}
