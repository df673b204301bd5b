package io.seawall.filter.caching;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;

/**
 * What caches are told of one answer: decided once, before its first byte goes, and replaced as long as it has not gone when
 * something turns up that speaks against it.
 */
final class CacheControlField {

    private static final String NAME = "Cache-Control";
    private static final String NO_STORE = "no-store";

    /** The client's own cache may keep it, and must ask each time: whoever sits there next may be somebody else. */
    private static final String FOR_ONE = "private, no-cache";

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final String forAll;

    private boolean decided;
    private boolean told;
    private boolean retracted;
    private boolean personal;

    /**
     * Of an answer of which nothing is known yet.
     *
     * @param response the container's
     * @param forAll what is told of an answer that is the same for everybody
     */
    CacheControlField(HttpServletRequest request, HttpServletResponse response, String forAll) {
        this.request = request;
        this.response = response;
        this.forAll = forAll;
    }

    /** Once, before the first byte goes. What the application has said stands. */
    void decide() {
        if (decided) {
            return;
        }
        decided = true;
        int status = response.getStatus();
        if (!isCacheable(status) || response.isCommitted() || response.containsHeader(NAME)) {
            return;
        }
        if (isForOne()) {
            tell(FOR_ONE);
        } else if (!response.containsHeader("Expires")
                && !response.containsHeader("Pragma")) { // which HTTP/1.0 had for it
            tell(forAll);
        }
    }

    private static boolean isCacheable(int status) {
        return status == HttpServletResponse.SC_OK || status == HttpServletResponse.SC_NOT_MODIFIED;
    }

    private void tell(String cacheControl) {
        response.setHeader(NAME, cacheControl);
        told = true;
    }

    /** Servers that keep cookies apart until they send the head (WildFly) do not show them as a field. */
    private boolean isForOne() {
        return personal
                || response.containsHeader("Set-Cookie")
                || request.getHeader("Authorization") != null
                || request.getRemoteUser() != null
                || request.getSession(false) != null;
    }

    /** From now on it is to somebody. If something else was told, and has not gone yet, it is replaced. */
    void personal() {
        personal = true;
        if (told && !response.isCommitted()) {
            response.setHeader(NAME, retracted ? NO_STORE : FOR_ONE);
        }
    }

    /** A field cannot be taken back on every server, but replaced. */
    void retract() {
        if (told && !response.isCommitted()) {
            response.setHeader(NAME, NO_STORE);
            retracted = true;
        }
    }

    /** The status has been set. */
    void status(int status) {
        if (!isCacheable(status)) {
            retract();
        }
    }

    /** Whether a field that the application adds takes the place of what was told: two would contradict each other. */
    boolean isReplacedBy(String name) {
        return told && NAME.equalsIgnoreCase(name);
    }

    /** The application has set a field. What is set after the first byte, and before it is sent, counts as well. */
    void heard(String name) {
        if (NAME.equalsIgnoreCase(name)) {
            told = false; // the application knows better
        } else if ("Set-Cookie".equalsIgnoreCase(name)) {
            personal();
        }
    }

    boolean isNeverStored() {
        for (String line : response.getHeaders(NAME)) {
            if (line.toLowerCase(Locale.ROOT).contains(NO_STORE)) {
                return true;
            }
        }
        return false;
    }

    /** The answer begins anew. */
    void reset() {
        decided = false;
        told = false;
        retracted = false;
        personal = false;
    }
}
