package io.seawall.filter.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The page is written so that an XML parser can read it too: all that is opened is closed, all that needs quotes has them. */
class HtmlPageTest {

    private static String page(OptionalLong seconds) {
        return HtmlPage.of(new Refusal(ProblemType.QUOTA_EXCEEDED, seconds, List.of("default")));
    }

    private static Document parse(String page) throws ParserConfigurationException, SAXException, IOException {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(page)));
    }

    private static Element only(Document page, String tag) {
        NodeList found = page.getElementsByTagName(tag);
        assertThat(found.getLength()).as(tag).isEqualTo(1);
        return (Element) found.item(0);
    }

    private static List<Element> all(Document page) {
        NodeList found = page.getElementsByTagName("*");
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    @Test
    void it_is_a_whole_page_that_tells_its_language_and_what_to_do() throws Exception {
        String text = page(OptionalLong.of(150));
        Document page = parse(text);
        assertThat(text).startsWith("<!DOCTYPE html>\n");
        assertThat(page.getDocumentElement().getTagName()).isEqualTo("html");
        assertThat(page.getDocumentElement().getAttribute("lang")).isEqualTo("en");
        assertThat(only(page, "title").getTextContent()).isEqualTo("429 Too many requests");
        assertThat(only(page, "h1").getTextContent()).isEqualTo("Too many requests");
        assertThat(only(page, "main").getTextContent()).contains("Please try again in 3 minutes.");
        assertThat(only(page, "time").getAttribute("datetime")).isEqualTo("PT150S");
        assertThat(all(page).get(2).getAttribute("charset"))
                .as("the charset is the first thing in the head")
                .isEqualTo("utf-8");
    }

    @Test
    void it_loads_nothing_runs_nothing_and_styles_nothing() throws Exception {
        for (Element element : all(parse(page(OptionalLong.of(1))))) {
            assertThat(element.getTagName()).isNotIn("script", "style", "img", "iframe", "object");
            assertThat(element.getAttribute("src")).isEmpty();
            assertThat(element.getAttribute("style")).isEmpty();
            assertThat(element.getAttribute("http-equiv"))
                    .as("it does not reload itself")
                    .isEmpty();
            // An icon of no bytes: without it, browsers ask for /favicon.ico.
            assertThat(element.getAttribute("href")).isIn("", "data:,");
        }
    }

    @Test
    void it_says_when_waiting_does_not_help() throws Exception {
        Document page = parse(page(OptionalLong.empty()));
        assertThat(only(page, "main").getTextContent()).contains("Waiting does not help");
        assertThat(page.getElementsByTagName("time").getLength()).isZero();
    }

    @Test
    void it_says_that_it_is_not_the_client_who_is_to_blame() throws Exception {
        Document page = parse(HtmlPage.of(Refusal.unavailable()));
        assertThat(only(page, "title").getTextContent()).isEqualTo("503 Service unavailable");
        assertThat(only(page, "main").getTextContent()).contains("Please try again in 1 second.");
    }
}
