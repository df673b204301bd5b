/**
 * Durations as people write them in configuration: {@code 250ms}, {@code 2s}, {@code 1m}.
 *
 * <p>A leaf: everyone may call it, it calls the JDK only.
 */
@NullMarked
package io.seawall.time;

import org.jspecify.annotations.NullMarked;
