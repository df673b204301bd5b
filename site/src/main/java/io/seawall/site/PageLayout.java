package io.seawall.site;

import static io.seawall.site.Html.escape;

import java.util.List;

/** What stands around every page: head, contents, what comes before and after, and the version. */
final class PageLayout {

    static final String STYLE = "site.css";

    private final Navigation navigation;
    private final String version;

    PageLayout(Navigation navigation, String version) {
        this.navigation = navigation;
        this.version = version;
    }

    /** The whole of a page. */
    String around(Page page, String body) {
        String here = Location.of(page.path());
        String home = Location.link(here, Location.of(Documentation.FIRST));
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; img-src 'self'"/>
                <title>%s</title>
                <link rel="stylesheet" href="%s"/>
                </head>
                <body>
                <a class="skip" href="#page">To the page</a>
                <header><a class="home" href="%s">Seawall</a><a class="to-contents" href="#contents">Contents</a></header>
                <div class="columns">
                <main id="page">
                %s%s</main>
                <nav id="contents" aria-label="Contents">
                %s</nav>
                </div>
                <footer><p>Seawall %s · Apache License 2.0</p></footer>
                </body>
                </html>
                """.formatted(
                        escape(title(page)),
                        Location.link(here, STYLE),
                        home,
                        body,
                        neighbours(page, here),
                        contents(page, here),
                        escape(version));
    }

    /** Some pages about what there is, and why, have one name: so the section belongs to it. */
    private String title(Page page) {
        return page.path().equals(Documentation.FIRST)
                ? page.title()
                : page.title() + " · " + navigation.sectionOf(page.path()) + " · Seawall";
    }

    private String contents(Page page, String here) {
        StringBuilder html = new StringBuilder();
        for (Navigation.Section section : navigation.sections()) {
            html.append("<h2>").append(escape(section.name())).append("</h2>\n<ul>\n");
            for (Navigation.Entry entry : section.entries()) {
                boolean isHere = entry.path().equals(page.path());
                html.append("<li>")
                        .append(link(here, entry, isHere ? " aria-current=\"page\"" : ""))
                        .append(isHere ? onThisPage(page) : "")
                        .append("</li>\n");
            }
            html.append("</ul>\n");
        }
        return html.toString();
    }

    private static String onThisPage(Page page) {
        StringBuilder html = new StringBuilder();
        page.headings().stream()
                .filter(heading -> heading.level() == 2)
                .forEach(heading -> html.append("<li><a href=\"#")
                        .append(escape(heading.anchor()))
                        .append("\">")
                        .append(escape(heading.text()))
                        .append("</a></li>"));
        return html.isEmpty() ? "" : "<ul>" + html + "</ul>";
    }

    private String neighbours(Page page, String here) {
        List<Navigation.Entry> entries = navigation.entries();
        StringBuilder html = new StringBuilder("<p class=\"neighbours\">");
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).path().equals(page.path())) {
                if (i > 0) {
                    html.append(link(here, entries.get(i - 1), " rel=\"prev\""));
                }
                if (i + 1 < entries.size()) {
                    html.append(link(here, entries.get(i + 1), " rel=\"next\""));
                }
            }
        }
        return html.append("</p>\n").toString();
    }

    private static String link(String here, Navigation.Entry entry, String attributes) {
        return "<a href=\"" + Location.link(here, Location.of(entry.path())) + "\"" + attributes + ">"
                + escape(entry.name()) + "</a>";
    }
}
