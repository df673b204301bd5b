package io.seawall.ratelimit;

import org.jspecify.annotations.Nullable;

/**
 * What one client has used of a set of limits, in memory. Guarded by itself: one short lock a client makes the limits one, since
 * all are asked, then all are charged, or none. It is contended only by requests of the same client, and nothing blocks inside it.
 */
final class Client {

    private static final long[] NOTHING = {};

    final ClientTable table;
    final String name;

    /** Whether the name is the start and the hash of a longer one. */
    final boolean hashed;

    /** Whether newcomers to a full table share it; it is never retired then. */
    final boolean shared;

    /** In which order several are locked. */
    final long order;

    /** No numbers until the first use: most shared places have none. */
    private long[] state = NOTHING;

    private @Nullable TermsInForce known;
    private Terms terms;
    private boolean asked;
    private boolean retired;

    Client(ClientTable table, String name, boolean shared, long order) {
        this.table = table;
        this.name = name;
        this.hashed = ClientTable.isHashed(name);
        this.shared = shared;
        this.order = order;
        this.terms = table.configured();
    }

    /** The numbers of this client, for a decision. */
    long[] state() {
        asked = true;
        if (state.length == 0) {
            state = new long[terms.cells()];
        }
        return state;
    }

    /** The numbers as they are, for somebody who only looks. */
    long[] copyOfState() {
        return state.length == 0 ? new long[terms.cells()] : state.clone();
    }

    /** Begins with what another has used. */
    void copyFrom(Client other) {
        state = other.state.clone();
    }

    void forgetEverything() {
        state = NOTHING;
    }

    /** The limits as they hold for this client now. */
    Terms terms() {
        TermsInForce now = table.inForce();
        if (known != now) {
            terms = now.of(this);
            known = now;
        }
        return terms;
    }

    /** The {@link ClientHash} of the client, whose name may be the start and the hash of a longer one. */
    String hash() {
        return ClientTable.hashOf(name);
    }

    /**
     * Whether forgetting it changes nothing. One that was made and not asked yet is about to be: to retire it would only make
     * that thread begin again, and many threads together would do nothing else.
     */
    boolean isIdle(long nowMicros) {
        return asked && (state.length == 0 || terms().forgottenAfterMicros(state, nowMicros) == 0);
    }

    boolean isRetired() {
        return retired;
    }

    /** From now on, whoever has found this client must look again. */
    void retire() {
        retired = true;
    }
}
