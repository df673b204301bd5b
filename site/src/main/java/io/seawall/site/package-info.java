/** The documentation, read as pages, and made a site. */
@NullMarked
package io.seawall.site;

import org.jspecify.annotations.NullMarked;
