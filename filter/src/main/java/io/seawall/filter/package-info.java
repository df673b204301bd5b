/**
 * Rate limits for servlet applications: {@link io.seawall.filter.RateLimitFilter}, declared in {@code web.xml}.
 *
 * <p>A request flows through four steps: who is the client ({@code ClientResolver}), what does the limiter say
 * ({@link io.seawall.ratelimit.RateLimiter}), which fields tell it ({@code LimitFields}), and on or back ({@code Answers}). An
 * application that wants to write the body of refusals itself implements {@link io.seawall.filter.RefusalWriter}. Everything
 * about init-params is in {@code FilterSettings}.
 */
@NullMarked
package io.seawall.filter;

import org.jspecify.annotations.NullMarked;
