/** Beside what is measured, whose parts only this package knows: the same without some of them. */
@NullMarked
package io.seawall.filter;

import org.jspecify.annotations.NullMarked;
