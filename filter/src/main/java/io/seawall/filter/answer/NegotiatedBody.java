package io.seawall.filter.answer;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The body that the client likes most: a problem document, a page, or a line of text. */
final class NegotiatedBody implements RefusalWriter {

    private final @Nullable PageTemplate ownPage;

    /** With the built-in page, unless the application's own fits. */
    NegotiatedBody(@Nullable PageTemplate ownPage) {
        this.ownPage = ownPage;
    }

    @Override
    public void write(HttpServletRequest request, HttpServletResponse response, Refusal refusal) throws IOException {
        BodyFormat format = AcceptField.preferred(request.getHeaders("Accept"));
        response.addHeader("Vary", "Accept");
        response.setContentType(format.contentType());
        write(text(format, refusal), request, response);
    }

    private String text(BodyFormat format, Refusal refusal) {
        return format == BodyFormat.HTML_PAGE && ownPage != null && ownPage.fits(refusal)
                ? ownPage.of(refusal)
                : format.of(refusal);
    }

    /**
     * To a HEAD request too: the container drops it, and some take the length from what they drop.
     *
     * <p>If the request has a body, the length is left to the container, unless a writer before us, which has failed, has set one:
     * Jetty would send all at once by it, and could not say any more that the connection ends, as it does where that body has
     * not come yet. Without one it is set in any case, as some do not show what was set (Grizzly).
     */
    private static void write(String text, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        if (!hasBody(request) || response.containsHeader("Content-Length")) {
            response.setContentLength(body.length);
        }
        OutputStream out;
        try {
            out = response.getOutputStream();
        } catch (IllegalStateException e) {
            // Somebody before us has asked for the writer, and a response has one or the other.
            response.getWriter().write(text);
            return;
        }
        out.write(body);
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }
}
