/**
 * What a client is told: the header fields of every answer, and the whole answer when a request goes no further.
 *
 * <p>For applications there is {@link io.seawall.filter.answer.RefusalWriter}, to write the body of a {@link
 * io.seawall.filter.answer.Refusal} in their own way. The filter comes in by {@link io.seawall.filter.answer.Answers}. Nothing is
 * decided here, and nothing is known of how clients are told apart.
 */
@NullMarked
package io.seawall.filter.answer;

import org.jspecify.annotations.NullMarked;
