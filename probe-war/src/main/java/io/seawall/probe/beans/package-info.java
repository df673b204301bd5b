/** Cases that a server may run otherwise than the next one: CDI, and what the others need. No servlet types: an EAR has this in its EJB jar. */
@NullMarked
package io.seawall.probe.beans;

import org.jspecify.annotations.NullMarked;
