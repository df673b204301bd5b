package io.seawall.storm.story;

import java.time.Instant;
import java.util.List;

/**
 * What a whole replay has found.
 *
 * @param startedAt when it began
 * @param machine where it ran: cores and JDK
 * @param clients how many clients asked
 * @param backendCapacityPerSecond how many requests the backend can answer in a second
 * @param runs all runs, in the order of the story
 */
public record Story(Instant startedAt, String machine, int clients, int backendCapacityPerSecond, List<Run> runs) {

    /** The runs are copied. */
    public Story {
        runs = List.copyOf(runs);
    }
}
