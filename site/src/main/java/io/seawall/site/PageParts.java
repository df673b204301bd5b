package io.seawall.site;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;

/**
 * What is found in a page.
 *
 * @param headings in their order
 * @param links where links and pictures lead, those of HTML too
 * @param blocks fenced blocks; indented ones have no language
 */
record PageParts(List<Heading> headings, List<String> links, List<CodeBlock> blocks) {

    /** A block, of which page it does not know. */
    record CodeBlock(int line, String language, String text) {}

    static PageParts of(Node root) {
        Finder finder = new Finder();
        root.accept(finder);
        return new PageParts(List.copyOf(finder.headings), List.copyOf(finder.links), List.copyOf(finder.blocks));
    }

    private static final class Finder extends AbstractVisitor {

        private static final List<String> ATTRIBUTES = List.of("src=\"", "srcset=\"", "href=\"");

        private final List<Heading> headings = new ArrayList<>();
        private final List<String> links = new ArrayList<>();
        private final List<CodeBlock> blocks = new ArrayList<>();
        private final Anchors anchors = new Anchors();

        @Override
        public void visit(org.commonmark.node.Heading heading) {
            String text = PlainText.of(heading);
            headings.add(new Heading(heading.getLevel(), text, anchors.of(text)));
            visitChildren(heading);
        }

        @Override
        public void visit(FencedCodeBlock block) {
            String info = block.getInfo();
            blocks.add(new CodeBlock(
                    block.getSourceSpans().get(0).getLineIndex() + 2, info == null ? "" : info, block.getLiteral()));
        }

        @Override
        public void visit(IndentedCodeBlock block) {
            blocks.add(new CodeBlock(block.getSourceSpans().get(0).getLineIndex() + 1, "", block.getLiteral()));
        }

        @Override
        public void visit(Link link) {
            links.add(link.getDestination());
            visitChildren(link);
        }

        @Override
        public void visit(Image image) {
            links.add(image.getDestination());
            visitChildren(image);
        }

        @Override
        public void visit(HtmlBlock html) {
            readAttributes(html.getLiteral());
        }

        @Override
        public void visit(HtmlInline html) {
            readAttributes(html.getLiteral());
        }

        private void readAttributes(String html) {
            for (String attribute : ATTRIBUTES) {
                for (int at = html.indexOf(attribute); at >= 0; at = html.indexOf(attribute, at + 1)) {
                    int start = at + attribute.length();
                    links.add(html.substring(start, html.indexOf('"', start)));
                }
            }
        }
    }
}
