package io.seawall.ratelimit;

import java.util.HashMap;
import java.util.Map;

/**
 * A set of limits as it holds now, with all that was changed while it is in use: one {@link Terms} for nearly all clients, and one
 * for each client with permits of its own. Immutable: a change makes another.
 */
final class TermsInForce {

    private final Terms ofMost;

    /** By {@link ClientHash}. Nearly always empty, and then no client is hashed. */
    private final Map<String, Terms> ofNamed;

    private TermsInForce(Terms ofMost, Map<String, Terms> ofNamed) {
        this.ofMost = ofMost;
        this.ofNamed = Map.copyOf(ofNamed);
    }

    static TermsInForce of(QuotaPolicies configured, InMemoryLimitStore store) {
        OverridesInForce overrides = store.overridesInForce();
        Map<String, Terms> ofNamed = new HashMap<>();
        for (String clientHash : overrides.clientsOf(configured.name())) {
            ofNamed.put(clientHash, new Terms(store.share(overrides.apply(configured, clientHash))));
        }
        return new TermsInForce(new Terms(store.share(overrides.apply(configured, null))), ofNamed);
    }

    /** For a client, or for those who share a place. */
    Terms of(Client client) {
        return client.shared || ofNamed.isEmpty() ? ofMost : ofNamed.getOrDefault(client.hash(), ofMost);
    }

    /** For one that has no place yet, by its {@linkplain ClientHash#bounded bounded} name. */
    Terms ofNewcomer(String name) {
        return ofNamed.isEmpty() ? ofMost : ofNamed.getOrDefault(ClientTable.hashOf(name), ofMost);
    }

    /** Whether a client has permits of its own. Such a one must not share a place with others. */
    boolean isNamed(Client client) {
        return !ofNamed.isEmpty() && ofNamed.containsKey(client.hash());
    }
}
