package io.seawall.filter.answer;

/** Text of header fields that may hold quoted strings (RFC 9110, section 5.6.4), in which separators separate nothing. */
final class QuotedText {

    private QuotedText() {}

    /** Where {@code separator} stands outside of quotes; {@code to} if nowhere. One look at each character. */
    static int indexOf(char separator, String text, int from, int to) {
        boolean quoted = false;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                return i;
            }
        }
        return to;
    }
}
