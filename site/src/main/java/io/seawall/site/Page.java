package io.seawall.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.commonmark.node.Node;

/**
 * A page of the documentation.
 *
 * @param path where it is in the repository, as {@code docs/filter.md}
 * @param text as it is written
 * @param root the same, parsed
 * @param parts what is found in it
 */
record Page(String path, String text, Node root, PageParts parts) {

    static Page read(Path repository, String path) throws IOException {
        return of(path, Files.readString(repository.resolve(path)));
    }

    static Page of(String path, String text) {
        Node root = Markdown.parse(text);
        return new Page(path, text, root, PageParts.of(root));
    }

    /** Its heading. */
    String title() {
        return headings().stream()
                .filter(heading -> heading.level() == 1)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(path + " has no heading: begin it with '# '"))
                .text();
    }

    List<Heading> headings() {
        return parts.headings();
    }

    /** Where links and pictures lead. */
    List<String> links() {
        return parts.links();
    }

    List<Block> blocks() {
        return parts.blocks().stream()
                .map(block -> new Block(this, block.line(), block.language(), block.text()))
                .toList();
    }

    /** The path in the repository of what a relative link leads to, without its anchor. */
    String target(String link) {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        return file.isEmpty()
                ? path
                : Path.of(path).resolveSibling(file).normalize().toString().replace('\\', '/');
    }

    /** Whether a link leads out of the documentation. */
    static boolean isExternal(String link) {
        return link.startsWith("https:") || link.startsWith("http:") || link.startsWith("mailto:");
    }

    @Override
    public String toString() {
        return path;
    }
}
