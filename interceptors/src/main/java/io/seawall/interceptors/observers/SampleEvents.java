package io.seawall.interceptors.observers;

import io.seawall.events.ActionEvent;
import io.seawall.events.BanEvent;
import io.seawall.events.ChaosEvent;
import io.seawall.events.CircuitEvent;
import io.seawall.events.RetryBudgetEvent;
import io.seawall.events.SeawallEvent;
import io.seawall.events.SettingsEvent;
import io.seawall.events.StoreEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One event of each class, to ask CDI who would observe it; nobody is told of them. */
final class SampleEvents {

    private static final Instant AT = Instant.EPOCH;

    static final List<SeawallEvent> ALL = List.of(
            new ActionEvent(AT, "", "", ""),
            new BanEvent(AT, "", "", "", Duration.ZERO),
            new ChaosEvent(AT, "", false, ""),
            new CircuitEvent(AT, "", CircuitEvent.State.CLOSED, CircuitEvent.State.CLOSED, ""),
            new RetryBudgetEvent(AT, "", false),
            new SettingsEvent(AT, "", ""),
            new StoreEvent(AT, "", "", false, ""));

    private SampleEvents() {}
}
