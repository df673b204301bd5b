/** Session beans. Left out where there is no EJB container. */
@NullMarked
package io.seawall.probe.beans.ejb;

import org.jspecify.annotations.NullMarked;
