package io.seawall.observe.console;

/**
 * What numbers are about.
 *
 * @param kind what it is
 * @param filter the name of the filter; empty for a target
 * @param name of the policy or the target; empty for a filter
 */
record Subject(Kind kind, String filter, String name) {

    enum Kind {
        FILTER,
        POLICY,
        TARGET
    }

    static Subject filter(String filter) {
        return new Subject(Kind.FILTER, filter, "");
    }

    static Subject policy(String filter, String policy) {
        return new Subject(Kind.POLICY, filter, policy);
    }

    static Subject target(String target) {
        return new Subject(Kind.TARGET, "", target);
    }
}
