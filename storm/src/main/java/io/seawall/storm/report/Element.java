package io.seawall.storm.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One element of HTML or SVG, with what is in it. Texts and values are escaped when it is written, so nothing in them is markup.
 * What HTML reads as it stands, as the text of {@code style}, may have none of the signs that are escaped.
 */
final class Element {

    /** Written as one tag, which HTML and XML both read. All others have an end, even if empty: HTML would not find it. */
    private static final Set<String> WITHOUT_END = Set.of("meta", "link", "path", "rect", "line", "circle");

    private final String name;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<Object> content = new ArrayList<>();

    private Element(String name) {
        this.name = name;
    }

    static Element of(String name) {
        return new Element(name);
    }

    static Element of(String name, String cssClass) {
        return of(name).with("class", cssClass);
    }

    Element with(String attribute, String value) {
        attributes.put(attribute, value);
        return this;
    }

    Element with(String attribute, double value) {
        return with(attribute, Words.coordinate(value));
    }

    Element text(String text) {
        content.add(text);
        return this;
    }

    Element add(Element... elements) {
        return add(List.of(elements));
    }

    Element add(List<Element> elements) {
        content.addAll(elements);
        return this;
    }

    void writeTo(StringBuilder out) {
        out.append('<').append(name);
        attributes.forEach((attribute, value) -> {
            out.append(' ').append(attribute).append("=\"");
            escape(value, true, out);
            out.append('"');
        });
        if (WITHOUT_END.contains(name)) {
            out.append("/>");
            return;
        }
        out.append('>');
        for (Object part : content) {
            if (part instanceof Element element) {
                element.writeTo(out);
            } else {
                escape((String) part, false, out);
            }
        }
        out.append("</").append(name).append('>');
    }

    private static void escape(String text, boolean quotes, StringBuilder out) {
        text.codePoints().forEach(character -> {
            switch (character) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append(quotes ? "&quot;" : "\"");
                default -> out.appendCodePoint(allowed(character) ? character : 0xFFFD);
            }
        });
    }

    /** What XML 1.0 can hold at all. */
    private static boolean allowed(int character) {
        return character == '\t'
                || character == '\n'
                || (character >= 0x20 && character < 0xD800)
                || (character >= 0xE000 && character != 0xFFFE && character != 0xFFFF);
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        writeTo(out);
        return out.toString();
    }
}
