/** The probe behind HTTP. */
@NullMarked
package io.seawall.probe.web;

import org.jspecify.annotations.NullMarked;
