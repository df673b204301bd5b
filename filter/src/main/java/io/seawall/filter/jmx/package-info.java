/**
 * Filters in the MBean server of the JVM. The only place of this module that knows JMX; everything else works where there is none.
 */
@NullMarked
package io.seawall.filter.jmx;

import org.jspecify.annotations.NullMarked;
