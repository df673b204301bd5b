/**
 * What a guarded call costs: {@link io.seawall.benchmarks.calls.CallBenchmark}, beside what it costs with others in the same run.
 */
@NullMarked
package io.seawall.benchmarks.calls;

import org.jspecify.annotations.NullMarked;
