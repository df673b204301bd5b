package io.seawall;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A pom as Maven puts it into a repository.
 *
 * @param scopes of its dependencies
 */
record PublishedPom(List<String> scopes) {

    static PublishedPom read(Path file)
            throws ParserConfigurationException, IOException, SAXException, XPathExpressionException {
        XPath xpath = XPathFactory.newInstance().newXPath();
        NodeList dependencies = (NodeList) xpath.evaluate(
                "/project/dependencies/dependency",
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile()),
                XPathConstants.NODESET);
        List<String> scopes = new ArrayList<>();
        for (int i = 0; i < dependencies.getLength(); i++) {
            String scope = xpath.evaluate("scope", dependencies.item(i));
            scopes.add(scope.isEmpty() ? "compile" : scope);
        }
        return new PublishedPom(scopes);
    }
}
