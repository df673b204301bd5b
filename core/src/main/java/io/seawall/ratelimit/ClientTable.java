package io.seawall.ratelimit;

import io.seawall.ratelimit.LimitStore.BoundLimits;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The clients of one set of limits, kept apart as far as there is {@link Room}.
 *
 * <p>When there is none, a newcomer is counted in one of {@value #SHARED_PLACES} shared places. Shared counts are at least the
 * newcomer's own, so it may be refused early but never admitted too often. When room comes, it starts with a copy of its
 * place for the same reason.
 *
 * <p>Whoever has found a client locks it, and then asks whether it {@linkplain #isCurrent still is the one}: it may have been
 * retired, or have got a place of its own, between the look and the lock. Both happen under the lock that is asked for, so no
 * charge falls between the two.
 */
final class ClientTable implements BoundLimits {

    private static final int SHARED_PLACES = 1024;

    private final InMemoryLimitStore store;
    private final QuotaPolicies policies;
    private final Terms configured;
    private volatile TermsInForce inForce;
    private final ConcurrentHashMap<String, Client> clients = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<@Nullable Client> sharedPlaces = new AtomicReferenceArray<>(SHARED_PLACES);

    ClientTable(InMemoryLimitStore store, QuotaPolicies policies) {
        this.store = store;
        this.policies = policies;
        this.configured = new Terms(policies);
        this.inForce = TermsInForce.of(policies, store);
    }

    @Override
    public QuotaPolicies policies() {
        return policies;
    }

    @Override
    public boolean tryAcquire(String clientName, long cost) {
        Claim.requireCost(cost);
        while (true) {
            Client client = find(clientName);
            if (client == null) {
                store.room().retireIdleClients();
                client = locate(clientName);
            }
            synchronized (client) {
                if (isCurrent(client, clientName)) {
                    return tryAcquire(client, cost);
                }
            }
        }
    }

    /** Counts what somebody else has granted, if there is room for it. To refuse it is nobody's fault, and no step to a ban. */
    void record(Claim claim) {
        String clientName = claim.client();
        Client client = find(clientName);
        if (client == null) {
            store.room().retireIdleClients();
            client = locate(clientName);
        }
        synchronized (client) {
            if (isCurrent(client, clientName)) {
                client.terms().take(client.state(), store.nowMicros(), store.cost(claim, client));
            }
        }
    }

    private boolean tryAcquire(Client client, long cost) {
        Terms terms = client.terms();
        long[] state = client.state();
        // Read under the lock: in the order in which requests are decided, time does not go back.
        long nowMicros = store.nowMicros();
        if (terms.bannedForMicros(state, nowMicros) > 0) {
            return false;
        }
        boolean taken = terms.take(state, nowMicros, cost) == 0;
        if (!taken && !client.shared) {
            terms.refused(state, nowMicros);
        }
        return taken;
    }

    @Override
    public Decision decide(String client, long cost) {
        return store.decide(List.of(new Claim(this, client, cost)));
    }

    /** The client of this name, or null if it has no place of its own. */
    @Nullable
    Client find(String clientName) {
        Client own = clients.get(clientName);
        // To ask a name for its length costs another place in memory, and few names are long.
        return own != null && !own.hashed ? own : findHashed(clientName);
    }

    private @Nullable Client findHashed(String clientName) {
        return isHashed(clientName) ? clients.get(ClientHash.bounded(clientName)) : null;
    }

    /** The one that counts for this name, made if there is room. Not locked, so it need not stay so. */
    Client locate(String clientName) {
        Client own = find(clientName);
        return own != null ? own : locateNewcomer(ClientHash.bounded(clientName));
    }

    /** Whether a client that was located is still the one for its name; its lock is held. */
    boolean isCurrent(Client client, String clientName) {
        return !client.isRetired() && !(client.shared && find(clientName) != null);
    }

    private Client locateNewcomer(String name) {
        Client place = sharedPlace(name);
        synchronized (place) {
            Client own = clients.get(name);
            if (own != null) {
                return own;
            }
            own = new Client(this, name, false, store.nextOrder());
            if (!store.room().enter(own, inForce.isNamed(own))) {
                return place;
            }
            own.copyFrom(place);
            clients.put(name, own);
            return own;
        }
    }

    private static int indexOfPlace(String name) {
        return Math.floorMod(name.hashCode(), SHARED_PLACES);
    }

    private Client sharedPlace(String name) {
        int index = indexOfPlace(name);
        Client place = sharedPlaces.get(index);
        if (place == null) {
            Client created = new Client(this, "", true, store.nextOrder());
            Client witness = sharedPlaces.compareAndExchange(index, null, created);
            place = witness == null ? created : witness;
        }
        return place;
    }

    void remove(Client client) {
        clients.remove(client.name, client);
    }

    /** Makes no client: who only looks must not take a place. */
    Standing standing(String clientName) {
        String name = ClientHash.bounded(clientName);
        while (true) {
            Client own = find(name);
            Client counted = own == null ? sharedPlaces.get(indexOfPlace(name)) : own;
            if (counted == null) {
                Terms terms = inForce.ofNewcomer(name);
                return terms.standing(new long[terms.cells()], store.nowMicros());
            }
            synchronized (counted) {
                if (isCurrent(counted, name)) {
                    Terms terms = counted.shared ? inForce.ofNewcomer(name) : counted.terms();
                    return terms.standing(counted.copyOfState(), store.nowMicros());
                }
            }
        }
    }

    void reset(String client) {
        Client known = find(client);
        if (known != null) {
            synchronized (known) {
                known.forgetEverything();
            }
        }
    }

    Terms configured() {
        return configured;
    }

    TermsInForce inForce() {
        return inForce;
    }

    /** Heeds what has been changed. */
    synchronized void refresh() {
        inForce = TermsInForce.of(policies, store);
    }

    boolean isOf(InMemoryLimitStore other) {
        return store == other;
    }

    /** How many clients are kept apart now. */
    long size() {
        return clients.mappingCount();
    }

    /** The {@link ClientHash} of a client whose name may be {@linkplain ClientHash#bounded bounded}, and then ends in it. */
    static String hashOf(String name) {
        return isHashed(name) ? name.substring(ClientHash.MAX_NAME_LENGTH) : ClientHash.of(name);
    }

    /** Whether a {@linkplain ClientHash#bounded bounded} name is the start and the hash of a longer one. */
    static boolean isHashed(String name) {
        return name.length() > ClientHash.MAX_NAME_LENGTH;
    }
}
