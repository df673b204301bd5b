package io.seawall.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * The order of the pages, and what each is called beside the others: all of it stands in {@code navigation.txt}.
 *
 * @param sections in their order
 */
record Navigation(List<Section> sections) {

    /**
     * Pages under one heading.
     *
     * @param name for people
     * @param entries in their order
     */
    record Section(String name, List<Entry> entries) {

        Section {
            entries = List.copyOf(entries);
        }
    }

    /**
     * A page.
     *
     * @param path in the repository
     * @param name short
     */
    record Entry(String path, String name) {}

    Navigation {
        sections = List.copyOf(sections);
    }

    static Navigation read() throws IOException {
        try (InputStream in = Navigation.class.getResourceAsStream("navigation.txt")) {
            if (in == null) {
                throw new IOException("navigation.txt is missing");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Headings stand at the start of a line, pages are indented: their path, and their name. */
    static Navigation parse(String text) {
        List<Section> sections = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        String heading = "";
        for (String line : text.lines().filter(each -> !each.isBlank()).toList()) {
            if (line.startsWith(" ")) {
                String[] words = line.strip().split("\\s+", 2);
                if (words.length < 2) {
                    throw new IllegalArgumentException(
                            "navigation.txt: '" + line.strip() + "' has no name behind its path");
                }
                entries.add(new Entry(words[0], words[1]));
            } else {
                if (!entries.isEmpty()) {
                    sections.add(new Section(heading, entries));
                    entries.clear();
                }
                heading = line.strip();
            }
        }
        sections.add(new Section(heading, entries));
        return new Navigation(sections);
    }

    List<Entry> entries() {
        return sections.stream().flatMap(section -> section.entries().stream()).toList();
    }

    /** The name of the section that a page is in. */
    String sectionOf(String path) {
        Map<String, String> names = new HashMap<>();
        sections.forEach(section -> section.entries().forEach(entry -> names.put(entry.path(), section.name())));
        String name = names.get(path);
        if (name == null) {
            throw new NoSuchElementException(
                    path + " is not in navigation.txt: say where it stands, and what it is called");
        }
        return name;
    }
}
