/** JMH benchmarks: every claim about speed has one, with the competitors in the same run. */
@NullMarked
package io.seawall.benchmarks;

import org.jspecify.annotations.NullMarked;
