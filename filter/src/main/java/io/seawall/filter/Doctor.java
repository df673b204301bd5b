package io.seawall.filter;

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
import org.jspecify.annotations.Nullable;

/**
 * Looks at the first requests for what is configured otherwise than it was meant, and says so, each once and with what to do:
 * nothing of it can be known at deployment. Then it goes, and costs nothing. Thread-safe.
 */
final class Doctor {

    private static final Logger LOG = System.getLogger(RateLimitFilter.class.getName());

    /** Enough to tell, and over within minutes where it matters. */
    static final int REQUESTS = 1_000;

    /** Of so many, nearly all: nobody is that popular. */
    private static final int NEARLY_ALL_PERCENT = 95;

    /** Fewer say nothing. */
    private static final int MIN_VOTES = REQUESTS / 2;

    private static final long MAX_SKEW_MICROS = TimeUnit.SECONDS.toMicros(1);

    /** A pause of this node between the decision and the look at its own clock is no skew, but pauses are not that frequent. */
    private static final int SKEWED_IN_A_ROW = 3;

    private enum Finding {
        FORWARDED_WITHOUT_TRUST,
        OTHER_FORWARDED_HEADER,
        ONE_CLIENT,
        MAPPED_TWICE,
        CLOCK_SKEW,
        COMMITTED
    }

    private final String filterName;
    private final @Nullable String trustedHeader;
    private final boolean clientsExpected;
    private final boolean sharedStore;
    private final InstantSource clock;
    private final Set<Finding> told = EnumSet.noneOf(Finding.class);
    private volatile boolean watching = true;
    private int requests;

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
     * @param trustedHeader the forwarding header that is read, null if there are no trusted proxies
     * @param clientsExpected whether clients are told apart at all
     * @param sharedStore whether decisions come with the time of another machine
     */
    Doctor(
            String filterName,
            @Nullable String trustedHeader,
            boolean clientsExpected,
            boolean sharedStore,
            InstantSource clock) {
        this.filterName = filterName;
        this.trustedHeader = trustedHeader;
        this.clientsExpected = clientsExpected;
        this.sharedStore = sharedStore;
        this.clock = clock;
    }

    static Doctor of(String filterName, FilterSettings settings) {
        return new Doctor(
                filterName,
                settings.address().trustedHeader(),
                settings.policies().stream().anyMatch(policy -> !policy.client().isGlobal()),
                settings.redis() != null,
                InstantSource.system());
    }

    /** A request that was counted for the first time, and who it was counted as; empty if it is not told whose it is. */
    void decided(HttpServletRequest request, HttpServletResponse response, String client, Decision decision) {
        if (watching) {
            lookAt(request, client, decision);
            if (response.isCommitted()) {
                tell(
                        Finding.COMMITTED,
                        "A response was committed before this filter could write its fields or refuse it. Map it before"
                                + " every filter that writes, and not to INCLUDE dispatches.");
            }
        }
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

    private synchronized void lookAt(HttpServletRequest request, String client, Decision decision) {
        requests++;
        lookAtForwarding(request);
        if (sharedStore && !decision.withoutStore()) {
            lookAtClock(decision);
        }
        if (!client.isEmpty()) {
            vote(client);
        }
        if (requests >= REQUESTS) {
            if (clientsExpected && votes >= MIN_VOTES && ofCandidate * 100L >= votes * (long) NEARLY_ALL_PERCENT) {
                tell(
                        Finding.ONE_CLIENT,
                        "Of its first " + votes + " requests " + ofCandidate
                                + " were those of one client. If a proxy stands before this server, name it in"
                                + " 'trusted-proxies', or everybody is one client; if it is a test from one machine, all is well.");
            }
            watching = false;
            candidate = "";
        }
    }

    private void lookAtForwarding(HttpServletRequest request) {
        boolean forwardedFor = request.getHeader("X-Forwarded-For") != null;
        boolean forwarded = request.getHeader("Forwarded") != null;
        if (trustedHeader == null) {
            if (forwardedFor || forwarded) {
                tell(
                        Finding.FORWARDED_WITHOUT_TRUST,
                        "Requests come with " + (forwardedFor ? "X-Forwarded-For" : "Forwarded")
                                + ", and no proxy is trusted, so it is ignored. If a proxy of yours writes it, name the proxy's"
                                + " network in 'trusted-proxies', for example 10.0.0.0/8, or all clients behind it are one.");
            }
        } else if (trustedHeader.equals("Forwarded") ? forwardedFor && !forwarded : forwarded && !forwardedFor) {
            tell(
                    Finding.OTHER_FORWARDED_HEADER,
                    "Requests come with " + (forwarded ? "Forwarded" : "X-Forwarded-For") + " and without "
                            + trustedHeader
                            + ", which is what 'forwarded-header' says to read. Set it to what your proxies write.");
        }
    }

    private void lookAtClock(Decision decision) {
        long skewMicros = decision.atMicros() - TimeUnit.MILLISECONDS.toMicros(clock.millis());
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
