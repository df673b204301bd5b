package io.seawall.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All pages of a repository: those beside its README, those below {@code docs}, and that of the starter. */
final class Documentation {

    static final String FIRST = "README.md";

    private static final String STARTER = "starter/README.md";

    private final Path repository;
    private final Map<String, Page> pages;

    private Documentation(Path repository, Map<String, Page> pages) {
        this.repository = repository;
        this.pages = pages;
    }

    static Documentation read(Path repository) throws IOException {
        Map<String, Page> pages = new LinkedHashMap<>();
        for (String path : paths(repository)) {
            pages.put(path, Page.read(repository, path));
        }
        return new Documentation(repository, pages);
    }

    private static List<String> paths(Path repository) throws IOException {
        try (Stream<Path> beside = Files.list(repository);
                Stream<Path> below = Files.walk(repository.resolve("docs"))) {
            return Stream.of(beside, below, Stream.of(repository.resolve(STARTER)))
                    .flatMap(files -> files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .map(file -> repository.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    Collection<Page> pages() {
        return pages.values();
    }

    /** A page by its path; null if there is none. */
    @Nullable
    Page find(String path) {
        return pages.get(path);
    }

    Path repository() {
        return repository;
    }
}
