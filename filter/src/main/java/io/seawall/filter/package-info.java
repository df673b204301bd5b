/**
 * Rate limits for servlet applications: {@link io.seawall.filter.RateLimitFilter}, declared in {@code web.xml}.
 *
 * <p>A request flows through four steps: who is the client ({@code ClientResolver}), what does the limiter say
 * ({@link io.seawall.ratelimit.RateLimiter}), which fields tell it ({@code RateLimitFields}), and on or back
 * ({@code Refusal}). Everything about init-params is in {@code FilterSettings}. An application may tell clients apart in its own
 * way, by a {@link io.seawall.filter.ClientIdentifier}.
 */
@NullMarked
package io.seawall.filter;

import org.jspecify.annotations.NullMarked;
