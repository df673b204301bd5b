/**
 * What {@link io.seawall.interceptors.Resilient} adds to the start of an application: {@link
 * io.seawall.benchmarks.deployment.DeploymentBenchmark}.
 *
 * <p>A program of its own and no benchmark of JMH, so that the kinds of application take turns: on a busy machine, blocks of
 * runs would compare its moods.
 */
@NullMarked
package io.seawall.benchmarks.deployment;

import org.jspecify.annotations.NullMarked;
