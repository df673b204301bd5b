package io.seawall.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A piece of a POM: what it says of Seawall is what this build makes. */
final class PomBlock {

    private static final Set<String> WITH_COORDINATES = Set.of("dependency", "plugin", "parent", "project");

    private PomBlock() {}

    static List<String> mistakes(XmlBlock xml, Build build) {
        List<String> mistakes = new ArrayList<>();
        NodeList all = xml.root().getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            if (WITH_COORDINATES.contains(element.getTagName())
                    && child(element, "groupId").equals("io.seawall")) {
                String artifact = child(element, "artifactId");
                String version = child(element, "version");
                if (!build.artifacts().contains(artifact)) {
                    mistakes.add("this build makes no io.seawall:" + artifact + ", but " + build.artifacts());
                }
                if (!version.isEmpty() && !version.equals(build.version()) && !version.startsWith("${")) {
                    mistakes.add("io.seawall:" + artifact + " has the version " + version + ", and this build "
                            + build.version());
                }
            }
        }
        for (String version : xml.texts("seawall.version")) {
            if (!version.equals(build.version())) {
                mistakes.add("seawall.version is " + version + ", and this build " + build.version());
            }
        }
        return mistakes;
    }

    private static String child(Element parent, String name) {
        return XmlBlock.children(parent).stream()
                .filter(each -> each.getTagName().equals(name))
                .map(each -> each.getTextContent().strip())
                .findFirst()
                .orElse("");
    }
}
