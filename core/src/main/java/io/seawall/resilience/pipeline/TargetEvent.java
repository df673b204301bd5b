package io.seawall.resilience.pipeline;

/**
 * Something that has happened to a target.
 *
 * @param target its name
 * @param kind what
 * @param words the same for people: a sentence with the name of the target
 */
public record TargetEvent(String target, Kind kind, String words) {

    /** What can happen to a target. */
    public enum Kind {
        /** Its circuit is open: calls are refused. */
        CIRCUIT_OPENED,
        /** The open period of its circuit is over: some calls are tried. */
        CIRCUIT_HALF_OPEN,
        /** Its circuit is closed: calls go through. */
        CIRCUIT_CLOSED,
        /** Its circuit was opened or disabled by hand. */
        CIRCUIT_FORCED,
        /** Its retry budget has begun to refuse. */
        BUDGET_EXHAUSTED,
        /** Its retry budget grants again. */
        BUDGET_BACK,
        /** It was told to misbehave, or not to any more. */
        CHAOS,
        /** Other settings have come into force. */
        CHANGED
    }
}
