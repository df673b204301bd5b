/** Beside what is measured, whose parts only this package knows: the same without some of them. */
@NullMarked
package io.seawall.resilience.pipeline;

import org.jspecify.annotations.NullMarked;
