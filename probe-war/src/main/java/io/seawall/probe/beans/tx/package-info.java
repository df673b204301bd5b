/** CDI beans with transactions. Left out where there is no EJB container. */
@NullMarked
package io.seawall.probe.beans.tx;

import org.jspecify.annotations.NullMarked;
