/**
 * Who is counted: the setting {@code client}, and the addresses, proxies and headers that it takes to answer.
 *
 * <p>For applications there is {@link io.seawall.filter.client.ClientIdentifier}, to say in their own way whose a request is. The
 * filter comes in by {@link io.seawall.filter.client.ClientResolver} and {@link io.seawall.filter.client.ClientAddress}, and
 * exemptions know clients by {@link io.seawall.filter.client.CidrBlock}. All that is read here may be a lie; what is believed,
 * and from whom, is decided here and nowhere else.
 */
@NullMarked
package io.seawall.filter.client;

import org.jspecify.annotations.NullMarked;
