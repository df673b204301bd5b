/**
 * What is counted, in the MBean server of the JVM. Where the run time has no JMX, everything else works. Whoever shows something
 * takes it out when it ends.
 */
@NullMarked
package io.seawall.metrics.jmx;

import org.jspecify.annotations.NullMarked;
