/** What Seawall warns of when it is deployed. Not in the WAR as it is built: a test moves it in. */
@NullMarked
package io.seawall.probe.warned;

import org.jspecify.annotations.NullMarked;
