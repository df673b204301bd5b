/**
 * What {@link io.seawall.filter.RateLimits} tells administrators, as plain immutable data: why a request is limited as it is, what a
 * filter is set to and whom it refuses most; and how they describe a request that they ask about. Knows no other room of the filter.
 */
@NullMarked
package io.seawall.filter.admin;

import org.jspecify.annotations.NullMarked;
