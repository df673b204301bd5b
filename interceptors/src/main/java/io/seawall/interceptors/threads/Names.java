package io.seawall.interceptors.threads;

import org.jspecify.annotations.Nullable;

/** Where a server keeps what it lends. */
@FunctionalInterface
interface Names {

    /**
     * What there is.
     *
     * @param object null for nothing
     * @param forGood whether there will not be anything another time or on another thread either
     */
    record Found(@Nullable Object object, boolean forGood) {

        static final Found NOTHING_HERE = new Found(null, false);
        static final Found NOTHING = new Found(null, true);
    }

    /** Looks up a name, as the calling thread sees it. */
    Found find(String name);
}
