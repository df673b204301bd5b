package io.seawall.redis;

import io.seawall.ratelimit.Claim;
import io.seawall.ratelimit.ClientHash;
import java.util.ArrayList;
import java.util.List;

/**
 * What requests that ask the same have in common. Comparable, since who sends a request chooses parts of it: a map stays fast when
 * all hash codes are the same. Immutable.
 */
final class LeaseKey implements Comparable<LeaseKey> {

    private final List<Claim> claims;

    private LeaseKey(List<Claim> claims) {
        this.claims = claims;
    }

    /** To look something up, while the claims do not change. */
    static LeaseKey of(List<Claim> claims) {
        List<Claim> bounded = claims;
        for (int i = 0; i < claims.size(); i++) {
            Claim claim = claims.get(i);
            String client = ClientHash.bounded(claim.client());
            if (!client.equals(claim.client())) {
                bounded = new ArrayList<>(bounded);
                bounded.set(i, new Claim(claim.limits(), client, claim.cost()));
            }
        }
        return new LeaseKey(bounded);
    }

    /** To be kept. */
    LeaseKey copy() {
        return new LeaseKey(List.copyOf(claims));
    }

    @Override
    public int compareTo(LeaseKey other) {
        int order = Integer.compare(claims.size(), other.claims.size());
        for (int i = 0; i < claims.size() && order == 0; i++) {
            Claim one = claims.get(i);
            Claim another = other.claims.get(i);
            order = Integer.compare(number(one), number(another));
            order = order == 0 ? one.client().compareTo(another.client()) : order;
            order = order == 0 ? Long.compare(one.cost(), another.cost()) : order;
        }
        return order;
    }

    private static int number(Claim claim) {
        return ((RedisLimits) claim.limits()).leases().number();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LeaseKey key && claims.equals(key.claims);
    }

    @Override
    public int hashCode() {
        return claims.hashCode();
    }
}
