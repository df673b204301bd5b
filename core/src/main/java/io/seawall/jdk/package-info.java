/**
 * What an application has to clear away in the JDK when it ends.
 *
 * <p>A leaf: everyone may call it, it calls the JDK only.
 */
@NullMarked
package io.seawall.jdk;

import org.jspecify.annotations.NullMarked;
