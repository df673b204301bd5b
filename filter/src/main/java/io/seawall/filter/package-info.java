/**
 * Rate limits for servlet applications: {@link io.seawall.filter.RateLimitFilter}, declared in {@code web.xml}, and {@link
 * io.seawall.filter.RateLimits}, its limits while it is at work.
 *
 * <p>A request flows through five steps, each in a room of its own but the third: what is asked for ({@link
 * io.seawall.filter.route}), who asks ({@link io.seawall.filter.client}), what does the limiter say
 * ({@link io.seawall.ratelimit.RateLimiter}), what is the client told ({@link io.seawall.filter.answer}), and on or back. {@code
 * FilterSettings} reads the init-params, with {@link io.seawall.filter.settings}, and furnishes the rooms; {@code RequestPolicy}
 * is what they come to. Rooms do not know this package. What administrators are told is plain data in {@link io.seawall.filter.admin}.
 *
 * <p>An application that wants its own say implements {@link io.seawall.filter.client.ClientIdentifier}, {@link
 * io.seawall.filter.route.CostFunction}, {@link io.seawall.filter.route.TierSelector} or {@link
 * io.seawall.filter.answer.RefusalWriter}, and names its class in a setting.
 */
@NullMarked
package io.seawall.filter;

import org.jspecify.annotations.NullMarked;
