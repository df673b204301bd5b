package io.seawall.filter;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/**
 * A page of the guide to the filter.
 *
 * @param file where it is
 * @param blocks its fenced blocks, in their order
 */
record GuidePage(Path file, List<Block> blocks) {

    private static final Path DOCS = Path.of("../docs");

    /** The pages in docs/guide whose blocks are about the filter alone; the module {@code site} tests those of all others. */
    private static final List<String> GUIDE = List.of(
            "answers.md",
            "clients.md",
            "doctor.md",
            "limits.md",
            "live-changes.md",
            "outcomes.md",
            "penalties.md",
            "policies.md",
            "programming.md",
            "rollout.md");

    /**
     * A fenced block.
     *
     * @param where page and line, for messages
     * @param language what stands behind the fence
     */
    record Block(String where, String language, String text) {

        /** The init-params of one {@code <filter>}, or those that stand alone. */
        Map<String, String> initParams() throws Exception {
            Element root = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader("<guide>" + text + "</guide>")))
                    .getDocumentElement();
            Map<String, String> params = new LinkedHashMap<>();
            NodeList elements = root.getElementsByTagName("init-param");
            for (int i = 0; i < elements.getLength(); i++) {
                Element param = (Element) elements.item(i);
                params.put(text(param, "param-name"), text(param, "param-value"));
            }
            return params;
        }

        private static String text(Element parent, String tag) {
            return parent.getElementsByTagName(tag).item(0).getTextContent();
        }

        @Override
        public String toString() {
            return where;
        }
    }

    GuidePage {
        blocks = List.copyOf(blocks);
    }

    /** The reference and the pages of the guide to the filter. */
    static List<GuidePage> all() throws IOException {
        List<GuidePage> pages = new ArrayList<>();
        pages.add(read(DOCS.resolve("filter.md")));
        for (String name : GUIDE) {
            pages.add(of(name));
        }
        return pages;
    }

    /** A page by its name. */
    static GuidePage of(String name) throws IOException {
        return read(DOCS.resolve("guide").resolve(name));
    }

    private static GuidePage read(Path file) throws IOException {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        int open = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("```")) {
                if (open < 0) {
                    open = i;
                } else {
                    String text = lines.subList(open + 1, i).stream().collect(Collectors.joining("\n", "", "\n"));
                    blocks.add(new Block(
                            file.getFileName() + ", line " + (open + 1),
                            lines.get(open).substring(3),
                            text));
                    open = -1;
                }
            }
        }
        return new GuidePage(file, blocks);
    }

    String text() throws IOException {
        return Files.readString(file);
    }

    /** The texts of the blocks of a language. */
    List<String> texts(String language) {
        return blocks.stream()
                .filter(block -> block.language.equals(language))
                .map(Block::text)
                .toList();
    }

    /** The init-params of the block of XML that has this one first. */
    Map<String, String> example(String param, String value) throws Exception {
        for (Block block : blocks) {
            if (block.language.equals("xml") && value.equals(block.initParams().get(param))) {
                return block.initParams();
            }
        }
        throw new AssertionError(file + " has no example with " + param + " = " + value);
    }

    /** The cells of the rows below a head. */
    List<List<String>> table(String head) throws IOException {
        List<String> lines = Files.readAllLines(file);
        int at = lines.indexOf(head);
        if (at < 0) {
            throw new AssertionError(file + " has no table " + head);
        }
        List<List<String>> rows = new ArrayList<>();
        for (int i = at + 2; i < lines.size() && lines.get(i).startsWith("| "); i++) {
            rows.add(cells(lines.get(i)));
        }
        return rows;
    }

    /** The cells of a row. */
    static List<String> cells(String line) {
        // A bar within a cell is written with a backslash.
        String row = line.substring(2).replaceAll(" ?\\|$", "");
        return List.of(row.split(" (?<!\\\\)\\| ?", -1));
    }

    /** The only text of a cell, which is code. */
    static String code(String cell) {
        if (!cell.startsWith("`") || !cell.endsWith("`") || cell.length() < 3) {
            throw new AssertionError("no code: " + cell);
        }
        return cell.substring(1, cell.length() - 1);
    }

    /**
     * An application with the filter as the page has it, and with the policies file and the page for browsers that it shows
     * first.
     *
     * @param directory for its files
     */
    TestServer deploy(Path directory, Map<String, String> initParams) throws IOException {
        List<String> files = texts("properties");
        return deploy(directory, initParams, files.isEmpty() ? "" : files.get(0));
    }

    /** The same with another policies file. */
    TestServer deploy(Path directory, Map<String, String> initParams, String policies) throws IOException {
        return application(directory, policies).filter("RateLimitFilter", initParams);
    }

    /** The same without the filter. */
    TestServer application(Path directory, String policies) throws IOException {
        Path webInf = Files.createDirectories(directory.resolve("WEB-INF"));
        Files.writeString(webInf.resolve("policies.properties"), policies);
        List<String> pages = texts("html");
        if (!pages.isEmpty()) {
            Files.writeString(webInf.resolve("too-many.html"), pages.get(0));
        }
        return new TestServer().resources(directory);
    }
}
