/** The probe behind Jakarta REST. Left out where there is none. */
@NullMarked
package io.seawall.probe.web.rest;

import org.jspecify.annotations.NullMarked;
