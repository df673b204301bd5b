package io.seawall.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes a site of the documentation: pages of HTML with one stylesheet, and no script. It can be served from anywhere, or
 * opened from a disk.
 */
public final class SiteBuilder {

    private final Documentation documentation;
    private final Navigation navigation;
    private final String version;

    SiteBuilder(Documentation documentation, Navigation navigation, String version) {
        this.documentation = documentation;
        this.navigation = navigation;
        this.version = version;
    }

    /**
     * Builds it.
     *
     * @param arguments the repository, the directory of the site, the version that the pages are about
     * @throws IOException if a page cannot be read or written
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            throw new IllegalArgumentException("three arguments, please: repository, target directory and version");
        }
        Documentation documentation = Documentation.read(Path.of(arguments[0]).toRealPath());
        new SiteBuilder(documentation, Navigation.read(), arguments[2]).build(Path.of(arguments[1]));
    }

    void build(Path target) throws IOException {
        PageRenderer renderer = new PageRenderer(documentation);
        PageLayout layout = new PageLayout(navigation, version);
        for (Page page : documentation.pages()) {
            Path file = target.resolve(Location.of(page.path()));
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, layout.around(page, renderer.render(page)));
        }
        copyFiles(target);
        try (InputStream style = SiteBuilder.class.getResourceAsStream(PageLayout.STYLE)) {
            if (style == null) {
                throw new IOException(PageLayout.STYLE + " is missing");
            }
            Files.copy(style, target.resolve(PageLayout.STYLE), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Whether a file that is no page is copied: pictures, rules and dashboards below docs, and the license. */
    static boolean isOnSite(String path) {
        boolean isFile = path.lastIndexOf('.') > path.lastIndexOf('/');
        return (path.startsWith("docs/") && isFile && !path.endsWith(".md")) || path.equals("LICENSE");
    }

    private void copyFiles(Path target) throws IOException {
        Path repository = documentation.repository();
        List<Path> files;
        try (Stream<Path> all = Files.walk(repository.resolve("docs"))) {
            files = all.filter(file ->
                            Files.isRegularFile(file) && !file.toString().endsWith(".md"))
                    .toList();
        }
        for (Path file : Stream.concat(files.stream(), Stream.of(repository.resolve("LICENSE")))
                .toList()) {
            Path copy = target.resolve(repository.relativize(file));
            Files.createDirectories(copy.resolveSibling(""));
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
