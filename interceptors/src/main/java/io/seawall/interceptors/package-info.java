/**
 * {@link io.seawall.interceptors.Resilient}: retry, circuit breaker, timeout and fallback for CDI beans.
 *
 * <p>At deployment {@code ResilientExtension} finds the annotated methods, reads their settings with overrides from
 * outside, checks them and compiles a pipeline for each. At a call {@code ResilientInterceptor} finds the pipeline and runs
 * it around {@code proceed()}. While the application runs, {@link io.seawall.interceptors.SeawallTargets} shows and changes its
 * targets.
 */
@NullMarked
package io.seawall.interceptors;

import org.jspecify.annotations.NullMarked;
