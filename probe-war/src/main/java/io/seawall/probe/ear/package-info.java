/** What an EAR needs on servers other than WildFly. Not in the WAR as it is built: a test puts it into an EJB module. */
@NullMarked
package io.seawall.probe.ear;

import org.jspecify.annotations.NullMarked;
