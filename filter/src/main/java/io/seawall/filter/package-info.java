/**
 * Rate limits for servlet applications: {@link io.seawall.filter.RateLimitFilter}, declared in {@code web.xml}.
 *
 * <p>A request flows through four steps: who is the client ({@code ClientResolver}), what does the limiter say
 * ({@link io.seawall.ratelimit.RateLimiter}), which fields tell it ({@code LimitFields}), and on or back ({@code Answers}). An
 * application may write the body of refusals itself, by a {@link io.seawall.filter.RefusalWriter}, and tell clients apart in its
 * own way, by a {@link io.seawall.filter.ClientIdentifier}. Everything about init-params is in {@code FilterSettings}.
 */
@NullMarked
package io.seawall.filter;

import org.jspecify.annotations.NullMarked;
