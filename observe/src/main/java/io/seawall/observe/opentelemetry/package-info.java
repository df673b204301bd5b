/**
 * What is counted, for OpenTelemetry. Loads only where its API is; nothing else of Seawall knows it.
 */
@NullMarked
package io.seawall.observe.opentelemetry;

import org.jspecify.annotations.NullMarked;
