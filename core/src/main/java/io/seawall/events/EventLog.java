package io.seawall.events;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Has events logged, by the logger of {@link Events}: few of those that are alike, so that a circuit that flaps does not fill the
 * disk. Time is that of the events. Thread-safe.
 */
final class EventLog {

    private static final Logger LOG = System.getLogger(Events.class.getName());

    private final RareLines lines = new RareLines();

    void tell(SeawallEvent event) {
        String line = line(event);
        if (line != null) {
            LOG.log(event.level(), () -> line); // not as a pattern: words may hold braces
        }
    }

    private @Nullable String line(SeawallEvent event) {
        if (event instanceof ActionEvent || event instanceof SettingsEvent) {
            return event.words(); // what people do is always told
        }
        return lines.line(event.kind(), event.subject(), event.at(), event.words());
    }

    /** Somebody who was told of an event has failed. */
    void complain(SeawallEvent event, Throwable failure) {
        String line = lines.line(
                "a failure", event.subject(), event.at(), "who listens to '" + event.subject() + "' has failed");
        if (line != null) {
            LOG.log(Level.WARNING, line, failure);
        }
    }

    RareLines lines() {
        return lines;
    }
}
