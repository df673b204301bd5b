package io.seawall.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.renderer.html.HtmlRenderer;

/** Makes HTML of what a page says. */
final class PageRenderer {

    private final Documentation documentation;

    PageRenderer(Documentation documentation) {
        this.documentation = documentation;
    }

    String render(Page page) {
        Node root = Markdown.parse(page.text());
        Anchors anchors = new Anchors();
        root.accept(new LinkRewriter(page));
        String html = HtmlRenderer.builder()
                .extensions(Markdown.EXTENSIONS)
                .attributeProviderFactory(
                        context -> (node, tag, attributes) -> addAttributes(node, tag, attributes, anchors))
                .build()
                .render(root);
        // A table is wider than a telephone: it is moved within its own frame.
        return html.replace("<table>", "<div class=\"table\"><table>").replace("</table>", "</table></div>");
    }

    private static void addAttributes(Node node, String tag, Map<String, String> attributes, Anchors anchors) {
        if (node instanceof Heading) {
            attributes.put("id", anchors.of(PlainText.of(node)));
        } else if (tag.equals("pre")) {
            attributes.put("tabindex", "0");
        }
    }

    /** Leads links between pages to their HTML, and takes away those to files that the site does not have. */
    private final class LinkRewriter extends AbstractVisitor {

        private final Page page;
        private final List<Link> toFiles = new ArrayList<>();

        private LinkRewriter(Page page) {
            this.page = page;
        }

        @Override
        public void visit(org.commonmark.node.Document document) {
            visitChildren(document);
            toFiles.forEach(LinkRewriter::unlink);
        }

        @Override
        public void visit(Link link) {
            visitChildren(link);
            String destination = link.getDestination();
            if (Page.isExternal(destination) || destination.startsWith("#")) {
                return;
            }
            String target = page.target(destination);
            if (documentation.find(target) != null) {
                int hash = destination.indexOf('#');
                String file = Location.link(Location.of(page.path()), Location.of(target));
                link.setDestination(hash < 0 ? file : file + destination.substring(hash));
            } else if (!SiteBuilder.isOnSite(target)) {
                toFiles.add(link);
            }
        }

        private static void unlink(Link link) {
            Node child = link.getFirstChild();
            if (child == null) {
                link.insertBefore(new Text(link.getDestination()));
            }
            while (child != null) {
                Node next = child.getNext();
                link.insertBefore(child);
                child = next;
            }
            link.unlink();
        }
    }
}
