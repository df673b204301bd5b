package io.seawall.site;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * A block of XML: a whole file, or pieces of one.
 *
 * @param block as it is written
 * @param root the element that holds the pieces; of a file, its own
 */
record XmlBlock(Block block, Element root) {

    /** What a piece of XML is a piece of. */
    enum Kind {
        WEB_XML,
        POM,
        /** Of others: well-formed is all that is asked. */
        OTHER
    }

    private static final Map<Kind, Set<String>> ELEMENTS = Map.of(
            Kind.WEB_XML,
            Set.of(
                    "context-param",
                    "error-page",
                    "filter",
                    "filter-mapping",
                    "init-param",
                    "listener",
                    "login-config",
                    "security-constraint",
                    "security-role",
                    "servlet",
                    "servlet-mapping",
                    "session-config",
                    "web-app"),
            Kind.POM,
            Set.of(
                    "build",
                    "dependencies",
                    "dependency",
                    "dependencyManagement",
                    "plugin",
                    "profile",
                    "project",
                    "properties"),
            Kind.OTHER,
            Set.of("Context", "Host", "Valve", "beans", "jboss-web-app", "persistence", "server"));

    static XmlBlock parse(Block block) throws Exception {
        String text = block.text();
        boolean isFile = text.startsWith("<?xml");
        String whole = isFile ? text : "<block>" + text + "</block>";
        try {
            var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            Element root =
                    builder.parse(new InputSource(new StringReader(whole))).getDocumentElement();
            return new XmlBlock(block, root);
        } catch (SAXException malformed) {
            throw new AssertionError(block.where() + ": no XML: " + malformed.getMessage(), malformed);
        }
    }

    /** The elements that stand alone in it. */
    List<Element> pieces() {
        return root.getTagName().equals("block") ? children(root) : List.of(root);
    }

    static List<Element> children(Element parent) {
        List<Element> elements = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }

    Kind kind() {
        Set<String> names = new TreeSet<>();
        pieces().forEach(piece -> names.add(piece.getTagName()));
        for (Kind kind : Kind.values()) {
            if (!names.isEmpty() && ELEMENTS.getOrDefault(kind, Set.of()).containsAll(names)) {
                return kind;
            }
        }
        throw new AssertionError(block.where() + ": nobody knows what " + names + " are pieces of: tell XmlBlock");
    }

    boolean has(String element) {
        return !texts(element).isEmpty();
    }

    /** The texts of all elements of a name. */
    List<String> texts(String element) {
        List<String> texts = new ArrayList<>();
        NodeList found = root.getElementsByTagName(element);
        for (int i = 0; i < found.getLength(); i++) {
            texts.add(found.item(i).getTextContent().strip());
        }
        return texts;
    }
}
