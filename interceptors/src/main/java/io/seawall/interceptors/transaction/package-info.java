/**
 * The transaction of the calling thread: how it stands, and a new one for an attempt. The only place that knows the APIs of
 * transactions and EJB, and only inside of methods: the classes load where there are none.
 */
@NullMarked
package io.seawall.interceptors.transaction;

import org.jspecify.annotations.NullMarked;
