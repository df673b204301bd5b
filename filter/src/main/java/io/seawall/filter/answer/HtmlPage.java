package io.seawall.filter.answer;

/**
 * A refusal as a small page that is complete in itself: no style that a content security policy could object to, and no request
 * for anything else, an icon included, which could be refused as well. It says its language, follows the colours of the reader's system, and does
 * not reload itself.
 */
final class HtmlPage {

    private HtmlPage() {}

    static String of(Refusal refusal) {
        String heading = RefusalWords.heading(refusal);
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="data:,"/>
                <title>%s %s</title>
                </head>
                <body>
                <main>
                <h1>%s</h1>
                <p>%s</p>
                </main>
                </body>
                </html>
                """.formatted(refusal.status(), heading, heading, RefusalWords.advice(refusal, HtmlPage::waiting));
    }

    /** In words for people, in seconds for machines. */
    private static String waiting(long seconds) {
        return "<time datetime=\"PT" + seconds + "S\">" + RefusalWords.waiting(seconds) + "</time>";
    }
}
