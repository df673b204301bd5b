package io.seawall.filter.route;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Says which tier a request is in, and with that which limits it has. Named by class in the setting {@code tier} of a policy;
 * the class is public and has a public constructor without arguments.
 *
 * <p>One object serves all requests at once, so it must be thread-safe. It is asked before the request is decided, on the
 * request's thread: it should not block.
 */
@FunctionalInterface
public interface TierSelector {

    /**
     * The tier of a request.
     *
     * @param request the request, as this filter sees it
     * @return the name of a tier; null, or a name that the policy has no limits for: the next in the setting is asked, and
     *     the last word is the policy's own limits. What it throws fails the request
     */
    @Nullable
    String tier(HttpServletRequest request);
}
