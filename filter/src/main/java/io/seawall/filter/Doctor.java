package io.seawall.filter;

import io.seawall.filter.client.ClientAddress;
import io.seawall.filter.client.ForwardedHeader;
import io.seawall.ratelimit.Decision;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Looks at the requests of the first minutes for what is configured otherwise than it was meant, and says so, each once and with
 * what to do: nothing of it can be known at deployment. Then it goes, and costs nothing. Thread-safe.
 */
final class Doctor {

    private static final Logger LOG = System.getLogger(RateLimitFilter.class.getName());

    /** At so many it looks one by one, and at no fewer altogether. */
    static final int REQUESTS = 1_000;

    /** From the first request on, and longer where there are not as many: a clock may run away later. */
    static final long WATCH_MILLIS = TimeUnit.MINUTES.toMillis(10);

    /** After the first {@link #REQUESTS}, when it costs a busy server nothing that can be measured. */
    private static final long PAUSE_MILLIS = 100;

    /** Of so many, nearly all: nobody is that popular. */
    private static final int NEARLY_ALL_PERCENT = 95;

    /** Fewer say nothing. */
    private static final int MIN_VOTES = REQUESTS / 2;

    private static final long MAX_SKEW_MICROS = TimeUnit.SECONDS.toMicros(1);

    /** A clock that is just being set is no finding. */
    private static final int SKEWED_IN_A_ROW = 3;

    private enum Finding {
        FORWARDED_WITHOUT_TRUST,
        EXEMPT_WITHOUT_TRUST,
        OTHER_FORWARDED_HEADER,
        ONE_CLIENT,
        MAPPED_TWICE,
        CLOCK_SKEW,
        COMMITTED
    }

    private final String filterName;
    private final ClientAddress address;
    private final boolean clientsExpected;
    private final boolean sharedStore;
    private final InstantSource clock;
    private final Set<Finding> told = EnumSet.noneOf(Finding.class);
    private volatile boolean watching = true;

    /** By this node's clock; 0: at once. */
    private volatile long nextLookMillis;

    private long firstLookMillis;
    private int requests;
    private int unreadForwarding;

    /** By the majority vote of Boyer and Moore: whoever has more than half of all requests is the candidate at the end. */
    private String candidate = "";

    private int candidateLead;
    private int ofCandidate;
    private int votes;

    /** In a row. */
    private int skewed;

    /**
     * Begins to watch.
     *
     * @param address how the addresses of clients are found
     * @param clientsExpected whether clients are told apart at all
     * @param sharedStore whether decisions come with the time of another machine
     */
    Doctor(
            String filterName,
            ClientAddress address,
            boolean clientsExpected,
            boolean sharedStore,
            InstantSource clock) {
        this.filterName = filterName;
        this.address = address;
        this.clientsExpected = clientsExpected;
        this.sharedStore = sharedStore;
        this.clock = clock;
    }

    static Doctor of(String filterName, FilterSettings settings) {
        return new Doctor(
                filterName,
                settings.address(),
                settings.policies().stream().anyMatch(policy -> !policy.client().isGlobal()),
                settings.redis() != null,
                InstantSource.system());
    }

    /** The time by this node's clock, for what is asked now; 0 when nobody needs it any more. */
    long now() {
        return watching ? clock.millis() : 0;
    }

    /**
     * A request that was counted for the first time.
     *
     * @param client who it was counted as; empty if it is not told whose it is
     * @param askedMillis what was {@link #now} before the decision
     */
    void decided(
            HttpServletRequest request,
            HttpServletResponse response,
            String client,
            Decision decision,
            long askedMillis) {
        if (looksAt(askedMillis)) {
            lookAt(request, response, client, decision, askedMillis);
        }
    }

    /** A request that is not limited, since its client is in an exempt network, or seems to be. */
    void exempted(HttpServletRequest request) {
        long nowMillis = now();
        if (looksAt(nowMillis)) {
            lookAtExempt(request, nowMillis);
        }
    }

    private boolean looksAt(long nowMillis) {
        return watching && nowMillis >= nextLookMillis;
    }

    /** A request that the filter has seen before. */
    void seenAgain(HttpServletRequest request) {
        if (watching && request.getDispatcherType() == DispatcherType.REQUEST) {
            tell(
                    Finding.MAPPED_TWICE,
                    "It is mapped twice to one request. That request is counted once all the same; remove one"
                            + " <filter-mapping>, in web.xml or in code.");
        }
    }

    private synchronized void lookAt(
            HttpServletRequest request,
            HttpServletResponse response,
            String client,
            Decision decision,
            long askedMillis) {
        if (lookAtForwarding(request)) {
            unreadForwarding++;
            if (address.isNear(request)) {
                tellForwardedWithoutTrust();
            }
        }
        if (sharedStore && !decision.withoutStore()) {
            lookAtClock(decision, askedMillis);
        }
        if (response.isCommitted()) {
            tell(
                    Finding.COMMITTED,
                    "A response was committed before this filter could write its fields or refuse it. Map it before"
                            + " every filter that writes, and not to INCLUDE dispatches.");
        }
        if (!client.isEmpty() && requests < REQUESTS) {
            vote(client);
        }
        looked(askedMillis);
    }

    private synchronized void lookAtExempt(HttpServletRequest request, long nowMillis) {
        if (lookAtForwarding(request)) {
            tell(
                    Finding.EXEMPT_WITHOUT_TRUST,
                    "Requests of an exempt network come with a forwarding header, and no proxy is trusted, so whoever"
                            + " sends them is exempt. If a proxy of yours writes it, name the proxy's network in"
                            + " 'trusted-proxies', for example 10.0.0.0/8, or nobody behind it is limited.");
        }
        looked(nowMillis);
    }

    private void looked(long nowMillis) {
        if (requests == 0) {
            firstLookMillis = nowMillis;
        }
        requests++;
        if (requests == REQUESTS) {
            sumUp();
        }
        if (requests >= REQUESTS) {
            nextLookMillis = nowMillis + PAUSE_MILLIS;
            watching = nowMillis - firstLookMillis < WATCH_MILLIS;
        }
    }

    private void sumUp() {
        if (clientsExpected && votes >= MIN_VOTES && isNearlyAll(ofCandidate, votes)) {
            tell(
                    Finding.ONE_CLIENT,
                    "Of its first " + votes + " requests " + ofCandidate
                            + " were those of one client. If a proxy stands before this server, name it in"
                            + " 'trusted-proxies', or everybody is one client; if it is a test from one machine, all is well.");
        }
        if (isNearlyAll(unreadForwarding, REQUESTS)) {
            tellForwardedWithoutTrust(); // by proxies that are not in our own network
        }
        candidate = "";
    }

    private static boolean isNearlyAll(int some, int all) {
        return some * 100L >= all * (long) NEARLY_ALL_PERCENT;
    }

    /** Whether a header tells of clients, and nobody is trusted to write it. */
    private boolean lookAtForwarding(HttpServletRequest request) {
        ForwardedHeader unread = address.unread(request);
        String trustedHeader = address.trustedHeader();
        if (unread != null && trustedHeader != null) {
            tell(
                    Finding.OTHER_FORWARDED_HEADER,
                    "Trusted proxies send " + unread + " and not " + trustedHeader
                            + ", which is what 'forwarded-header' says to read. If they write it themselves, and do not only"
                            + " pass it on from clients, set 'forwarded-header' to it; or let them write "
                            + trustedHeader
                            + ".");
        }
        return unread != null && trustedHeader == null;
    }

    private void tellForwardedWithoutTrust() {
        tell(
                Finding.FORWARDED_WITHOUT_TRUST,
                "Requests come with a forwarding header, and no proxy is trusted, so it is ignored. If a proxy of"
                        + " yours writes it, name the proxy's network in 'trusted-proxies', for example 10.0.0.0/8, or all"
                        + " clients behind it are one.");
    }

    /** The time of the decision is between the two looks at our own clock, however long that took, unless the clocks differ. */
    private void lookAtClock(Decision decision, long askedMillis) {
        long earliest = decision.atMicros() - TimeUnit.MILLISECONDS.toMicros(askedMillis);
        long latest = decision.atMicros() - TimeUnit.MILLISECONDS.toMicros(clock.millis());
        long skewMicros = earliest < 0 ? earliest : Math.max(0, latest);
        skewed = Math.abs(skewMicros) > MAX_SKEW_MICROS ? skewed + 1 : 0;
        if (skewed >= SKEWED_IN_A_ROW) {
            tell(
                    Finding.CLOCK_SKEW,
                    "The clock of Redis differs from that of this node by " + skewMicros / 1_000 + " ms. Limits go by"
                            + " Redis, so none is wrong; but logs of the two will not match, and windows of the calendar end"
                            + " when Redis says so. Let both follow one time server.");
        }
    }

    private void vote(String client) {
        votes++;
        if (candidateLead == 0) {
            candidate = client;
            ofCandidate = 0;
        }
        if (candidate.equals(client)) {
            candidateLead++;
            ofCandidate++;
        } else {
            candidateLead--;
        }
    }

    private synchronized void tell(Finding finding, String text) {
        if (told.add(finding)) {
            LOG.log(Level.WARNING, "Filter ''{0}'': {1}", filterName, text);
        }
    }
}
