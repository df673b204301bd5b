/**
 * Shows a {@link io.seawall.storm.story.Story}: one HTML file that needs nothing else, pictures for documents, and JSON.
 */
@NullMarked
package io.seawall.storm.report;

import org.jspecify.annotations.NullMarked;
