package io.seawall.storm;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The processes that must not outlive this one, also when somebody presses Ctrl-C. Thread-safe. */
final class Children {

    private final Set<ShopProcess> all = ConcurrentHashMap.newKeySet();

    ShopProcess add(ShopProcess child) {
        all.add(child);
        return child;
    }

    /** Ends all of them; ending one twice does no harm. */
    void end() {
        all.forEach(ShopProcess::close);
    }
}
