/**
 * What a replay has found, as plain values: a {@link io.seawall.storm.story.Story} of {@link io.seawall.storm.story.Run}s,
 * each told second by second. Nothing here knows how it was measured, nor how it is shown.
 */
@NullMarked
package io.seawall.storm.story;

import org.jspecify.annotations.NullMarked;
