@NullMarked
package io.seawall.interceptors.elsewhere;

import org.jspecify.annotations.NullMarked;
