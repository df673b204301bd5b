package io.seawall.site;

import java.nio.file.Path;

/** Where pages of the repository are on the site: as they are in the repository, with another ending. */
final class Location {

    private static final String README = "README.md";

    private Location() {}

    /** Of a page, below the root of the site. */
    static String of(String path) {
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        return path.equals(folder + README) ? folder + "index.html" : path.replaceFirst("\\.md$", ".html");
    }

    /** From the page at one location to another. */
    static String link(String from, String to) {
        Path parent = Path.of(from).getParent();
        Path target = Path.of(to);
        return (parent == null ? target : parent.relativize(target)).toString().replace('\\', '/');
    }
}
