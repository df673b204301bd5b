/**
 * Rate limits: what is allowed ({@link io.seawall.ratelimit.QuotaPolicy}), how it is counted
 * ({@link io.seawall.ratelimit.Algorithm}), where it is remembered ({@link io.seawall.ratelimit.LimitStore}), and the
 * answer ({@link io.seawall.ratelimit.Decision}).
 *
 * <p>Callers start at {@link io.seawall.ratelimit.RateLimiter}. Nothing here knows HTTP, Redis or CDI, reads a clock
 * that was not handed in, or starts a thread.
 *
 * <p>Words are those of the IETF draft <i>RateLimit header fields for HTTP</i>: a quota policy grants a quota of permits
 * per window to each client.
 */
@NullMarked
package io.seawall.ratelimit;

import org.jspecify.annotations.NullMarked;
