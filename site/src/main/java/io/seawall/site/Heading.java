package io.seawall.site;

/**
 * A heading of a page.
 *
 * @param level 1 for the title
 * @param text without markup
 * @param anchor what a link to it ends with, behind {@code #}
 */
record Heading(int level, String text, String anchor) {}
