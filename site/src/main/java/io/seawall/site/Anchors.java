package io.seawall.site;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Names headings as forges do, so that a link leads to the same place on a forge and on the site. */
final class Anchors {

    private final Map<String, Integer> seen = new HashMap<>();

    /** The next heading of a page: a name that is taken gets a number. */
    String of(String heading) {
        String anchor = heading.toLowerCase(Locale.ROOT)
                .chars()
                .filter(each -> Character.isLetterOrDigit(each) || " _-".indexOf(each) >= 0)
                .map(each -> each == ' ' ? '-' : each)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        int before = seen.merge(anchor, 1, Integer::sum) - 1;
        return before == 0 ? anchor : anchor + "-" + before;
    }
}
