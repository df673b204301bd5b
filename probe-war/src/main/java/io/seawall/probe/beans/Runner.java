package io.seawall.probe.beans;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs cases, from outside of any transaction, and tells what came of them. */
@ApplicationScoped
public class Runner {

    @Inject
    AttemptsTable table;

    @Inject
    Runs runs;

    /**
     * Runs a case.
     *
     * @param cases the group of the case
     * @param name of the case
     * @param run what it is to do
     * @param writes whether it needs the table
     * @return {@link #report}, and {@code returned}, or {@code thrown} with the classes of the exception and its causes
     */
    public Map<String, String> run(Cases cases, String name, Run run, boolean writes) {
        if (writes) {
            table.create();
        }
        runs.add(run);
        Map<String, String> outcome = new LinkedHashMap<>();
        try {
            outcome.put("returned", cases.run(name, run));
        } catch (Exception e) {
            outcome.put("thrown", chain(e));
        }
        outcome.putAll(report(run.id(), writes));
        return outcome;
    }

    /**
     * What there is of a run now.
     *
     * @param id of the run
     * @param writes whether there is a table
     * @return {@code id}, {@code attempts}, and {@code rows} if there is a table
     */
    public Map<String, String> report(String id, boolean writes) {
        Map<String, String> report = new LinkedHashMap<>();
        report.put("id", id);
        report.put("attempts", Integer.toString(runs.find(id).attempts()));
        if (writes) {
            report.put("rows", Integer.toString(table.rows(id)));
        }
        return report;
    }

    private static String chain(Throwable failure) {
        StringBuilder classes = new StringBuilder(failure.getClass().getName());
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            classes.append(" < ").append(cause.getClass().getName());
        }
        return classes.toString();
    }
}
