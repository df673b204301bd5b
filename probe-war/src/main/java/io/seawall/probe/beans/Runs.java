package io.seawall.probe.beans;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The runs, for those who are called by the container and get no argument. Thread-safe. */
@ApplicationScoped
public class Runs {

    private final Map<String, Run> byId = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Run> scheduled = new AtomicReference<>();

    /**
     * Remembers a run.
     *
     * @param run the run
     */
    public void add(Run run) {
        byId.put(run.id(), run);
    }

    /**
     * Finds a run.
     *
     * @param id of the run
     * @return the run
     */
    public Run find(String id) {
        Run run = byId.get(id);
        if (run == null) {
            throw new IllegalArgumentException("no run " + id);
        }
        return run;
    }

    /**
     * Leaves a run to the next schedule.
     *
     * @param run the run
     */
    public void schedule(Run run) {
        scheduled.set(run);
    }

    /**
     * What is left to a schedule.
     *
     * @return a run, or null for nothing to do
     */
    public @Nullable Run scheduled() {
        return scheduled.get();
    }

    /** It is done. */
    public void scheduleDone() {
        scheduled.set(null);
    }
}
