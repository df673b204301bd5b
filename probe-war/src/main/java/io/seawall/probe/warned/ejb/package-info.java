/** The same, of session beans. Left out where there is no EJB container. */
@NullMarked
package io.seawall.probe.warned.ejb;

import org.jspecify.annotations.NullMarked;
