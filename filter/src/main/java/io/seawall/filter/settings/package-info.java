/**
 * Where settings stand, and how they are read: init-params, placeholders, the policies file with its lines, classes of the
 * application. What a setting means is not known here, so everybody else in the filter may call, and servlets of ours, and nobody
 * is called. Nothing is for applications.
 */
@NullMarked
package io.seawall.filter.settings;

import org.jspecify.annotations.NullMarked;
