/**
 * What happens in an application that somebody may want to hear of: a circuit that opens, a store that goes away, a client that is
 * banned. Seldom, as against what is counted in {@code io.seawall.metrics}.
 *
 * <p>Whoever brings something about tells {@link io.seawall.events.Events}; there it is logged, remembered for a while, and passed
 * on to who listens. Where there is CDI, its observers do. Knows the JDK and how durations are written.
 */
@NullMarked
package io.seawall.events;

import org.jspecify.annotations.NullMarked;
