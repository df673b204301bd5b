/**
 * What a request is: which policies are for it, what it costs, which tier it is in, and whether it is limited at all.
 *
 * <p>For applications there are {@link io.seawall.filter.route.CostFunction} and {@link io.seawall.filter.route.TierSelector}. The
 * filter reads a request once, as a {@link io.seawall.filter.route.RequestLine}, and asks {@link
 * io.seawall.filter.route.Routes}, {@link io.seawall.filter.route.RequestCost}, {@link io.seawall.filter.route.Tiers} and {@link
 * io.seawall.filter.route.Exemptions} about it. A path that can be read in two ways is limited by both, and exempt by neither.
 */
@NullMarked
package io.seawall.filter.route;

import org.jspecify.annotations.NullMarked;
