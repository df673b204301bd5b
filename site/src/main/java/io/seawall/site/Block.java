package io.seawall.site;

/**
 * A fenced block of a page.
 *
 * @param page where it stands
 * @param line the line of its text that comes first, from 1
 * @param language what stands behind the fence; empty for none
 * @param text its lines
 */
record Block(Page page, int line, String language, String text) {

    /** Page and line of the fence, for messages. */
    String where() {
        return where(0);
    }

    /** Page and line of a line of its text, from 1. */
    String where(int textLine) {
        return page.path() + ":" + (line + textLine - 1);
    }

    @Override
    public String toString() {
        return where() + " (" + language + ")";
    }
}
