package io.seawall.resilience.stale;

import io.seawall.resilience.timer.Timer;
import java.util.concurrent.Executor;

/**
 * How long the calls of a pipeline may take before they are answered by an old answer, and what that needs.
 *
 * @param nanos how long
 * @param timer watches it
 * @param executor where calls go on, and callers hear of old answers
 * @param slow the calls that go on beyond it
 */
record SoftDeadline(long nanos, Timer timer, Executor executor, SlowCalls slow) {}
