package io.seawall.interceptors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * What is not wrong with an application, but does less than it seems to. Said when it is deployed: each thing in one line,
 * however many methods it is about. Thread-safe: message-driven beans may be deployed side by side.
 */
final class Warnings {

    private final Collection<String> insideTransaction = new TreeSet<>();
    private final Collection<String> backoffUnderLock = new TreeSet<>();
    private final Collection<String> selfCalled = new TreeSet<>();
    private final Collection<String> alsoMicroProfile = new TreeSet<>();
    private final Collection<String> overridden = new TreeSet<>();
    private final Collection<String> unseenResult = new TreeSet<>();
    private final Collection<String> softDeadlineOfEjb = new TreeSet<>();
    private Duration totalBackoff = Duration.ZERO;

    synchronized void insideTransaction(String where) {
        insideTransaction.add(where);
    }

    synchronized void backoffUnderLock(String where, Duration total) {
        backoffUnderLock.add(where);
        totalBackoff = total;
    }

    synchronized void selfCalled(String where) {
        selfCalled.add(where);
    }

    synchronized void alsoMicroProfile(String where) {
        alsoMicroProfile.add(where);
    }

    synchronized void overridden(String where) {
        overridden.add(where);
    }

    synchronized void unseenResult(String where) {
        unseenResult.add(where);
    }

    synchronized void softDeadlineOfEjb(String where) {
        softDeadlineOfEjb.add(where);
    }

    /** What has not been said yet. */
    synchronized List<String> take() {
        List<String> lines = new ArrayList<>();
        add(
                lines,
                insideTransaction,
                "run inside the transaction of their EJB container, where a failed call is neither retried nor answered by its"
                        + " fallback, since what the failed attempt has written would be committed with it: "
                        + TransactionGuard.FIX);
        add(
                lines,
                backoffUnderLock,
                "wait between attempts while they hold the write lock of their singleton, so all waits of a call together are"
                        + " cut to " + totalBackoff.toMillis() + "ms: use @Lock(LockType.READ),"
                        + " @ConcurrencyManagement(ConcurrencyManagementType.BEAN), or put @Resilient on what they call");
        add(
                lines,
                selfCalled,
                "are also called by their own class, and the container does not intercept such calls: move the method to"
                        + " another bean, or inject the bean into itself and call it there");
        add(
                lines,
                alsoMicroProfile,
                "are retried by MicroProfile Fault Tolerance too, so that their attempts multiply: remove one @Retry, or set"
                        + " retry.maxRetries to 0");
        add(
                lines,
                overridden,
                "are overridden by methods without it are not guarded, since CDI does not inherit annotations of methods:"
                        + " repeat it on the method of the bean class, or put it on the class");
        add(
                lines,
                unseenResult,
                "return a Future, or a stage of a kind of its own, are guarded until they return, and not until the result is"
                        + " there, since nothing tells when that is: return CompletionStage or CompletableFuture");
        add(
                lines,
                softDeadlineOfEjb,
                "have a stale.softDeadline wait for their result all the same, since an EJB is called on the thread of its"
                        + " caller: return a CompletionStage, or put @Resilient on a CDI bean that calls the EJB");
        return lines;
    }

    private static void add(List<String> lines, Collection<String> methods, String warning) {
        if (!methods.isEmpty()) {
            lines.add("Methods with @Resilient that " + warning + ". They are: " + String.join(", ", methods));
            methods.clear();
        }
    }
}
