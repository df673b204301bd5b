/**
 * Between servlets and guarded calls: {@link io.seawall.interceptors.servlet.ResilienceFilter} answers when a refusal leaves a
 * servlet, and switches retrying off for a request whose sender retries.
 *
 * <p>{@code beans.xml} leaves the package out where there are no servlets.
 */
@NullMarked
package io.seawall.interceptors.servlet;

import org.jspecify.annotations.NullMarked;
