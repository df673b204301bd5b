package io.seawall.interceptors.rest;

import io.seawall.http.RetryMark;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;

/**
 * Puts the mark of {@link RetryMark} on every request of a client: who sends it retries, and those further in need not. Register
 * it on the clients that guarded methods use, and on no other:
 *
 * <pre>{@code
 * Client client = ClientBuilder.newBuilder().register(RetryMarkClientFilter.class).build();
 * }</pre>
 *
 * <p>Where retrying is off because the request that is being answered carries the mark, it is so passed on. Not found by itself.
 * Thread-safe: it keeps nothing.
 */
public class RetryMarkClientFilter implements ClientRequestFilter {

    /** For the client. */
    public RetryMarkClientFilter() {}

    @Override
    public void filter(ClientRequestContext request) {
        request.getHeaders().putSingle(RetryMark.HEADER, RetryMark.VALUE);
    }
}
