package io.seawall.ratelimit;

/**
 * Other permits for some clients of a limit, set while the application runs. The window and the algorithm stay; the burst of a
 * token bucket changes in proportion. Immutable.
 *
 * @param policies the name of the set of limits, {@link QuotaPolicies#name}
 * @param limit the name of the limit in it, {@link QuotaPolicy#name}
 * @param scope for whom
 * @param permits how many, 0 to {@link QuotaPolicy#MAX_PERMITS}; 0 keeps them out
 */
public record LimitOverride(String policies, String limit, Scope scope, long permits) {

    /**
     * Checks names and permits.
     *
     * @param policies see {@link #policies}
     * @param limit see {@link #limit}
     * @param scope see {@link #scope}
     * @param permits see {@link #permits}
     * @throws IllegalArgumentException if one of the names is none that limits can have, or {@code permits} is not 0 to
     *     {@link QuotaPolicy#MAX_PERMITS}
     */
    public LimitOverride {
        if (!QuotaPolicy.isName(policies) || !QuotaPolicy.isName(limit)) {
            throw new IllegalArgumentException("an override of limit '" + limit + "' of '" + policies
                    + "' is not allowed: names have 1 to 64 letters, digits, '-' or '_'");
        }
        if (permits < 0 || permits > QuotaPolicy.MAX_PERMITS) {
            throw new IllegalArgumentException("an override of limit '" + limit + "' to " + permits
                    + " permits is not allowed: use 0 to " + QuotaPolicy.MAX_PERMITS + " (2^53 - 1)");
        }
    }

    /** For whom an override is. Of several, the one for the client counts, then the one for the tier, then the one for all. */
    public enum Kind {
        /** For one client. */
        CLIENT,
        /** For all clients of one tier. */
        TIER,
        /** For all clients. */
        ALL
    }

    /**
     * For whom an override is.
     *
     * @param kind the kind of it
     * @param name the hash of the client, {@link ClientHash#of}, the name of the tier, or nothing: the client itself is kept
     *     nowhere, since it may be a secret
     */
    public record Scope(Kind kind, String name) {

        private static final Scope ALL_CLIENTS = new Scope(Kind.ALL, "");

        /**
         * Checks the name. {@link #client}, {@link #tier} and {@link #all} are shorter.
         *
         * @param kind see {@link #kind}
         * @param name see {@link #name}
         * @throws IllegalArgumentException if the name is none that the kind can have
         */
        public Scope {
            boolean allowed = kind == Kind.ALL ? name.isEmpty() : QuotaPolicy.isName(name);
            if (!allowed) {
                throw new IllegalArgumentException("'" + name + "' is no name of a " + kind
                        + ": write Scope.client(...), Scope.tier(...) or Scope.all()");
            }
        }

        /**
         * For one client.
         *
         * <p>Clients of a filter are better named by {@code RateLimits.client}, which knows how they are counted; here, a name
         * that is spelled otherwise is that of somebody else.
         *
         * @param client exactly as it is counted: {@code ip 192.0.2.1}, say
         * @return the scope
         */
        public static Scope client(String client) {
            return new Scope(Kind.CLIENT, ClientHash.of(client));
        }

        /**
         * For a tier.
         *
         * @param tier its name
         * @return the scope
         */
        public static Scope tier(String tier) {
            return new Scope(Kind.TIER, tier);
        }

        /**
         * For all clients.
         *
         * @return the scope
         */
        public static Scope all() {
            return ALL_CLIENTS;
        }
    }
}
