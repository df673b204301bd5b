package io.seawall.interceptors.jmx;

import java.util.Collection;
import java.util.List;

/** Lists the targets of an application, and hands on what is asked of them all. */
final class ApplicationBean implements ApplicationMXBean {

    private final Collection<String> targets;
    private final Operator operator;

    /**
     * Of an application.
     *
     * @param targets those that are shown, as they are at each look
     */
    ApplicationBean(Collection<String> targets, Operator operator) {
        this.targets = targets;
        this.operator = operator;
    }

    @Override
    public List<String> getTargets() {
        return List.copyOf(targets);
    }

    @Override
    public List<String> reread() {
        return PlainErrors.only(operator::rereadAll);
    }
}
