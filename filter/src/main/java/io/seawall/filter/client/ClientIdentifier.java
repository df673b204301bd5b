package io.seawall.filter.client;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Tells whose a request is, in an application's own way: a service provider interface. Name the class in the init-param
 * {@code client} of {@link io.seawall.filter.RateLimitFilter}, alone or with other ways beside it ({@code com.example.ByTenant,ip},
 * {@code com.example.ByTenant+ip}):
 *
 * <pre>{@code
 * public final class ByTenant implements ClientIdentifier {
 *     public String identify(HttpServletRequest request) {
 *         return Tokens.verified(request).map(Token::tenant).orElse(null);
 *     }
 * }
 * }</pre>
 *
 * <p>The class is public and has a public constructor without parameters. It is loaded by the application's class loader, and
 * constructed while the application is deployed, more than once: a constructor should do no more than construct.
 *
 * <p>It is called by many threads at once, and holds up the request for as long as it takes. What it answers is believed: text
 * that anybody can make up, say an API key that was not checked, gives its sender as many limits as he has ideas. Join such an
 * answer with {@code ip}.
 */
@FunctionalInterface
public interface ClientIdentifier {

    /**
     * Names the client of a request. Must be thread-safe. Does not read the body, which would be gone for the
     * application; {@link HttpServletRequest#getParameter} may, of a form, as long as the application reads its parameters and nothing
     * else of it.
     *
     * @param request the request, before anything behind the filter has seen it
     * @return the same text for the same client, and another for another; null or blank if this request does not tell: then
     *     the next way of the setting is asked, and at the end the address counts. Of any length; of a long one the store
     *     keeps a hash
     * @throws RuntimeException if it can tell nothing and the request is to fail: it goes to the container as it is
     */
    @Nullable
    String identify(HttpServletRequest request);
}
