/**
 * Settings of {@code @Resilient} from outside of the code: the places where they may stand, and their order. Knows keys and
 * texts; what a member means is not known here.
 */
@NullMarked
package io.seawall.interceptors.settings;

import org.jspecify.annotations.NullMarked;
