package io.seawall.demo.readme;

/**
 * A command of the README and what it printed when the README was written.
 *
 * @param command the line after {@code $}
 * @param output the lines below it, up to the next command
 */
record Step(String command, String output) {}
