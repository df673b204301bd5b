package io.seawall.servers;

/** Changes configuration files of servers. */
final class Text {

    private Text() {}

    /** Fails if there is nothing to replace: another version of a server may be configured in another way. */
    static String replaced(String text, String from, String to) {
        if (!text.contains(from)) {
            throw new IllegalStateException("no '" + from + "' in the configuration");
        }
        return text.replace(from, to);
    }
}
