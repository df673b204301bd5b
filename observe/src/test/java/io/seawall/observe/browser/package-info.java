/**
 * A real browser for tests of pages, also in other modules: Chromium, driven by its own protocol over the WebSocket of the JDK.
 */
@org.jspecify.annotations.NullMarked
package io.seawall.observe.browser;
