/** Helpers for tests of this and other modules: time moved by hand, chance with a seed, log lines read back. */
@NullMarked
package io.seawall.test;

import org.jspecify.annotations.NullMarked;
