package io.seawall.observe.health;

import java.util.Locale;

/**
 * One thing that an application depends on, as far as the application knows.
 *
 * @param kind what it is
 * @param name of the target, or of the filter that counts in the store
 * @param critical whether the application takes no requests while this is down
 * @param up whether it is there. A store that has not been away for longer than its grace is
 * @param words how it is, for people
 */
public record DependencyHealth(Kind kind, String name, boolean critical, boolean up, String words) {

    /** What is looked at. */
    public enum Kind {
        /** What guarded methods call: down while its circuit refuses calls. */
        TARGET,
        /** Where a filter counts: down while it is away. */
        STORE;

        /**
         * As it is written.
         *
         * @return in lower case
         */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether the application takes no requests for this. */
    boolean stops() {
        return critical && !up;
    }
}
