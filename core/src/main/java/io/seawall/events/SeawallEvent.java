package io.seawall.events;

import java.lang.System.Logger.Level;
import java.time.Instant;

/** Something that has happened, on this node. Immutable; observe it, or one kind of it. No event holds a secret of a client. */
public sealed interface SeawallEvent
        permits ActionEvent, BanEvent, ChaosEvent, CircuitEvent, RetryBudgetEvent, SettingsEvent, StoreEvent {

    /**
     * When it happened, by the clock of this node.
     *
     * @return the instant
     */
    Instant at();

    /**
     * What it happened to.
     *
     * @return the name of a target, of a filter, or of a server of the store
     */
    String subject();

    /**
     * What happened, for a program.
     *
     * @return one of a closed set of words, for example {@code circuit-opened}
     */
    String kind();

    /**
     * What happened, for people.
     *
     * @return a sentence with the subject in it
     */
    String words();

    /**
     * How the log tells it.
     *
     * @return {@code WARNING} if something is wrong from now on, {@code INFO} if it is over
     */
    Level level();
}
