package io.seawall.observe.console;

import java.util.List;

/** The files of the page. */
final class PageFiles {

    static final List<String> OURS = List.of(
            "index.html",
            "app.css",
            "theme.js",
            "app.js",
            "api.js",
            "dialogs.js",
            "dom.js",
            "explain.js",
            "node.js",
            "plots.js",
            "policies.js",
            "targets.js",
            "words.js");

    private PageFiles() {}
}
