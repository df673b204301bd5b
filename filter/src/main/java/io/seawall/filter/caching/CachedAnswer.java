package io.seawall.filter.caching;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is held back until it is whole, so that it can be named, and need not be sent to who has it. What is too long for that, or
 * is meant to be read before its end, is passed on: from then on nothing is kept, and it only gets its {@code Cache-Control}, with
 * its first byte.
 *
 * <p>Whatever an application may do is done on the container's response at once, but for the content and its length: a
 * 304 has neither.
 *
 * <p>Used by one thread after the other, as any response.
 */
final class CachedAnswer extends HttpServletResponseWrapper {

    private static final String CACHE_CONTROL = "Cache-Control";
    private static final String CONTENT_LENGTH = "Content-Length";
    private static final String ETAG = "ETag";
    private static final String NO_STORE = "no-store";

    /** The client's own cache may keep it, and must ask each time: whoever sits there next may be somebody else. */
    private static final String FOR_ONE = "private, no-cache";

    private static final long UNKNOWN = -1;

    private final HttpServletRequest request;
    private final CachingSettings settings;
    private final DispatcherType dispatch;

    private boolean holding;
    private boolean asynchronous;
    private boolean flushAsked;
    private boolean decided;
    private boolean told;
    private boolean cookies;
    private long length = UNKNOWN;
    private @Nullable HeldBody body;
    private @Nullable HeldStream stream;
    private @Nullable PrintWriter writer;

    /** @param dispatch that of the request as it came to the filter */
    CachedAnswer(
            HttpServletRequest request,
            HttpServletResponse response,
            CachingSettings settings,
            DispatcherType dispatch) {
        super(response);
        this.request = request;
        this.settings = settings;
        this.dispatch = dispatch;
        holding = settings.etag() != TagStyle.NONE;
    }

    boolean isHolding() {
        return holding;
    }

    boolean isAsynchronous() {
        return asynchronous;
    }

    // ---- Asked by those who write

    /** Whether so much more is to be held back; else what was held has been sent. */
    boolean holds(int more) throws IOException {
        if (holding) {
            int held = size();
            // Who writes after a flush meant it.
            if (flushAsked || more > settings.maxBody() - held || (held == 0 && (isForwarded() || isEventStream()))) {
                pass();
                if (flushAsked) {
                    super.flushBuffer();
                }
            }
        }
        if (!holding) {
            decide();
        }
        return holding;
    }

    /**
     * Whether a flush of what is written goes through. Many flush at the end only, and that makes no difference to the client, so it waits
     * until something more is written. Before the first byte it can only mean that there is more to come.
     */
    boolean mayFlush() throws IOException {
        if (holding && size() > 0) {
            flushAsked = true;
            return false;
        }
        pass();
        decide();
        return true;
    }

    /** Nobody tells us when it is over, so nothing is held back any more. */
    void asynchronous() {
        asynchronous = true;
        try {
            pass();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was written is forgotten, as the container forgets it. */
    void forwarded() throws IOException {
        if (!isCommitted()) {
            resetBuffer();
        }
        pass();
    }

    /** By a dispatcher that did not come from us. Tomcat takes nothing more once it has come back from where it has forwarded. */
    private boolean isForwarded() {
        return request.getDispatcherType() == DispatcherType.FORWARD && dispatch != DispatcherType.FORWARD;
    }

    private void pass() throws IOException {
        if (holding) {
            holding = false;
            release();
        }
    }

    private void release() throws IOException {
        if (length != UNKNOWN) {
            super.setContentLengthLong(length);
        }
        if (body != null && body.size() > 0) {
            decide();
            body.release();
        }
    }

    private int size() {
        return body == null ? 0 : body.size();
    }

    private boolean isEventStream() {
        String type = getContentType();
        return type != null && type.startsWith("text/event-stream");
    }

    // ---- The end

    /** All is written. */
    void finish() throws IOException {
        if (holding) {
            holding = false;
            if (isNotModified()) {
                drop();
                super.setStatus(SC_NOT_MODIFIED);
                decide();
                // Sent now, or Jetty adds that its length is 0, which is not that of the content (RFC 9110, section
                // 8.6).
                super.flushBuffer();
            } else {
                release();
            }
        }
        decide();
    }

    /** It ends otherwise: what is sent in its place is not ours. */
    void abandon() {
        holding = false;
        drop();
        retract();
    }

    private void drop() {
        length = UNKNOWN;
        if (body != null) {
            body.drop();
        }
    }

    private boolean isNotModified() {
        if (getStatus() != SC_OK || isCommitted() || isNeverStored()) {
            return false;
        }
        String tag = getHeader(ETAG);
        if (tag == null) {
            // Some containers let an application write the content that HEAD does not have, others drop it before us.
            if (size() == 0 && request.getMethod().equals("HEAD")) {
                return false;
            }
            tag = settings.etag()
                    .of(getContentType(), getHeader("Content-Encoding"), body == null ? new byte[0] : body.bytes());
            super.setHeader(ETAG, tag);
        }
        return IfNoneMatch.matches(request.getHeaders("If-None-Match"), tag);
    }

    private boolean isNeverStored() {
        for (String line : getHeaders(CACHE_CONTROL)) {
            if (line.contains(NO_STORE)) {
                return true;
            }
        }
        return false;
    }

    // ---- What caches are told

    /** Once, before the first byte goes. */
    private void decide() {
        if (decided) {
            return;
        }
        decided = true;
        int status = getStatus();
        if ((status != SC_OK && status != SC_NOT_MODIFIED) || isCommitted() || containsHeader(CACHE_CONTROL)) {
            return;
        }
        if (isForOne()) {
            tell(FOR_ONE);
        } else if (!containsHeader("Expires") && !containsHeader("Pragma")) { // which HTTP/1.0 had for it
            tell(settings.cacheControl());
        }
    }

    private void tell(String cacheControl) {
        super.setHeader(CACHE_CONTROL, cacheControl);
        told = true;
    }

    /** Servers that keep cookies apart until they send the head (WildFly) do not show them as a field. */
    private boolean isForOne() {
        return cookies
                || containsHeader("Set-Cookie")
                || request.getHeader("Authorization") != null
                || request.getRemoteUser() != null
                || request.getSession(false) != null;
    }

    /** A field cannot be taken back on every server, but replaced. */
    private void retract() {
        if (told && !isCommitted()) {
            super.setHeader(CACHE_CONTROL, NO_STORE);
        }
    }

    // ---- What the application does

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        ServletOutputStream out = super.getOutputStream();
        if (stream == null) {
            stream = new HeldStream(out, this);
            body = stream;
        }
        return stream;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        PrintWriter out = super.getWriter();
        if (writer == null) {
            HeldWriter held = new HeldWriter(out, this);
            writer = new PrintWriter(held);
            body = held;
        }
        return writer;
    }

    @Override
    public void flushBuffer() throws IOException {
        if (length == size()) {
            finish();
        } else {
            pass();
            decide();
        }
        super.flushBuffer();
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        flushAsked = false;
        if (body != null) {
            body.drop();
        }
    }

    @Override
    public void reset() {
        super.reset();
        drop();
        flushAsked = false;
        decided = false;
        told = false;
        cookies = false;
        body = null;
        stream = null;
        writer = null;
    }

    @Override
    public void sendError(int status) throws IOException {
        abandon();
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        abandon();
        super.sendError(status, message);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        abandon();
        super.sendRedirect(location);
    }

    @Override
    public void setStatus(int status) {
        super.setStatus(status);
        if (status != SC_OK && status != SC_NOT_MODIFIED) {
            retract();
        }
    }

    @Override
    public void addCookie(Cookie cookie) {
        cookies = true;
        super.addCookie(cookie);
    }

    @Override
    public void setContentLength(int bytes) {
        setContentLengthLong(bytes);
    }

    @Override
    public void setContentLengthLong(long bytes) {
        if (holding) {
            length = Math.max(bytes, UNKNOWN);
        } else {
            super.setContentLengthLong(bytes);
        }
    }

    @Override
    public void setHeader(String name, String value) {
        if (!isLength(name, value)) {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (!isLength(name, value)) {
            super.addHeader(name, value);
        }
    }

    @Override
    public void setIntHeader(String name, int value) {
        if (!isLength(name, Integer.toString(value))) {
            super.setIntHeader(name, value);
        }
    }

    @Override
    public void addIntHeader(String name, int value) {
        if (!isLength(name, Integer.toString(value))) {
            super.addIntHeader(name, value);
        }
    }

    private boolean isLength(String name, @Nullable String value) {
        if (!holding || value == null || !CONTENT_LENGTH.equalsIgnoreCase(name)) {
            return false;
        }
        try {
            setContentLengthLong(Long.parseLong(value));
            return true;
        } catch (NumberFormatException e) {
            return false; // for the container to complain of
        }
    }
}
