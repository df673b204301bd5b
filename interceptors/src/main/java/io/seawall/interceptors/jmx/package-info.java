/**
 * The targets of an application in the MBean server of the JVM: what can be seen of them there, and done. The only place that
 * knows JMX; everything else works where there is none.
 */
@NullMarked
package io.seawall.interceptors.jmx;

import org.jspecify.annotations.NullMarked;
