/**
 * What a REST resource answers when a guarded call was refused: {@link io.seawall.interceptors.rest.RejectedExceptionMapper}, and
 * {@link io.seawall.interceptors.rest.EjbExceptionMapper} where an EJB refused; and
 * {@link io.seawall.interceptors.rest.RetryMarkClientFilter} for clients.
 *
 * <p>The one package that knows Jakarta RESTful Web Services. {@code beans.xml} leaves it out where that is missing, and nothing
 * outside refers to it.
 */
@NullMarked
package io.seawall.interceptors.rest;

import org.jspecify.annotations.NullMarked;
