/** What requests feel of a Redis that is sick. */
@NullMarked
package io.seawall.benchmarks.faults;

import org.jspecify.annotations.NullMarked;
