/**
 * The last answers of a target in Caffeine, a bounded cache. The one place that knows it.
 */
@NullMarked
package io.seawall.cache;

import org.jspecify.annotations.NullMarked;
