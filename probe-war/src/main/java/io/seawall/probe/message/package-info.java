/** Message-driven beans. Not in the WAR as it is built, as servers without messaging refuse it. */
@NullMarked
package io.seawall.probe.message;

import org.jspecify.annotations.NullMarked;
