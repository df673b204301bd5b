package io.seawall.filter;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The policies of a filter, by their names. Thread-safe. */
final class RequestPolicies {

    private final Map<String, RequestPolicy> byName = new LinkedHashMap<>();

    RequestPolicies(List<RequestPolicy> policies) {
        policies.forEach(policy -> byName.put(policy.settings().name(), policy));
    }

    /** In the order in which a request meets them. */
    Collection<RequestPolicy> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    Set<String> names() {
        return Collections.unmodifiableSet(byName.keySet());
    }

    RequestPolicy named(String name) {
        RequestPolicy policy = byName.get(name);
        if (policy == null) {
            throw new IllegalArgumentException("there is no policy '" + name + "': use one of " + byName.keySet());
        }
        return policy;
    }
}
