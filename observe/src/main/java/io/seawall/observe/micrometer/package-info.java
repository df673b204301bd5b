/**
 * What is counted, for Micrometer. Loads only where that is; nothing else of Seawall knows it.
 */
@NullMarked
package io.seawall.observe.micrometer;

import org.jspecify.annotations.NullMarked;
