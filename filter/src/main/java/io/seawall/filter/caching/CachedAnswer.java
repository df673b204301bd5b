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
import java.util.Collection;
import java.util.List;
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

    private static final String CONTENT_LENGTH = "Content-Length";
    private static final String ETAG = "ETag";
    private static final long UNKNOWN = -1;

    private final HttpServletRequest request;
    private final CachingSettings settings;
    private final DispatcherType dispatch;
    private final CacheControlField cacheControl;

    private boolean holding;
    private boolean asynchronous;
    private boolean forwarded;
    private boolean flushAsked;
    private boolean closed;
    private long length = UNKNOWN;
    private @Nullable HeldBody body;
    private @Nullable HeldStream stream;
    private @Nullable HeldWriter characters;
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
        cacheControl = new CacheControlField(request, response, settings.cacheControl());
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
            if (isForwarded()) {
                forwarded = true;
                empty();
            }
            int held = size();
            // Who writes after a flush meant it.
            if (flushAsked || more > settings.maxBody() - held || forwarded || (held == 0 && isEventStream())) {
                pass();
                if (flushAsked) {
                    super.flushBuffer();
                }
            }
        }
        if (!holding) {
            cacheControl.decide();
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
        cacheControl.decide();
        return true;
    }

    /**
     * Whether a close goes through. A try with resources closes also when it is left by an exception, and half an answer must not
     * become a whole one by it: so the end of the servlet is the end of the answer, where we see that.
     */
    boolean mayClose() throws IOException {
        if (asynchronous || request.isAsyncStarted() || forwarded) {
            finish();
            return true;
        }
        closed = true;
        return false;
    }

    boolean isClosed() {
        return closed;
    }

    /** From now on it is to somebody. */
    void personal() {
        cacheControl.personal();
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
        forwarded = true;
        pass();
    }

    /**
     * By a dispatcher that did not come from us, and has emptied the container's buffer without a word to us. Tomcat takes nothing
     * more once it has come back from where it has forwarded.
     */
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
            cacheControl.decide();
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
                cacheControl.decide();
                // Sent now, or Jetty adds that its length is 0, which is not that of the content (RFC 9110, section
                // 8.6).
                super.flushBuffer();
            } else {
                release();
            }
        }
        cacheControl.decide();
        if (closed) {
            closed = false;
            close();
        }
    }

    private void close() throws IOException {
        if (body != null) {
            body.end();
        }
    }

    /** It ends otherwise: what is sent in its place is not ours. */
    void abandon() {
        holding = false;
        closed = false;
        drop();
        cacheControl.retract();
    }

    private void drop() {
        length = UNKNOWN;
        if (body != null) {
            body.drop();
        }
    }

    private boolean isNotModified() {
        if (getStatus() != SC_OK || isCommitted() || cacheControl.isNeverStored() || isHalf()) {
            return false;
        }
        String tag = getHeader(ETAG);
        if (tag == null) {
            // Some containers let an application write the content that HEAD does not have, others drop it before
            // us. And where nobody asked us for a stream, something may have been written past us.
            HeldBody named = body;
            if (named == null || (size() == 0 && request.getMethod().equals("HEAD"))) {
                return false;
            }
            tag = settings.etag().of(getContentType(), getHeader("Content-Encoding"), named.bytes());
            super.setHeader(ETAG, tag);
        }
        return IfNoneMatch.matches(request.getHeaders("If-None-Match"), tag);
    }

    /** Less than was promised, or written past us. Of characters we do not know how many bytes they are. */
    private boolean isHalf() {
        return length > 0
                && size() != length
                && (characters == null || body != characters || size() == 0)
                && !request.getMethod().equals("HEAD");
    }

    // ---- What the application does

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        ServletOutputStream out = super.getOutputStream();
        HeldStream held = stream;
        if (held == null || !held.writesTo(out)) {
            held = new HeldStream(out, this);
            stream = held;
        }
        body = held;
        return held;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        PrintWriter out = super.getWriter();
        HeldWriter held = characters;
        PrintWriter ready = writer;
        if (held == null || ready == null || !held.writesTo(out)) {
            held = new HeldWriter(out, this);
            ready = new PrintWriter(held);
            characters = held;
            writer = ready;
        }
        body = held;
        return ready;
    }

    @Override
    public void flushBuffer() throws IOException {
        if (closed || length == size()) {
            finish();
        } else {
            pass();
            cacheControl.decide();
        }
        super.flushBuffer();
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        empty();
    }

    private void empty() {
        flushAsked = false;
        if (closed) { // and a writer that is closed stays so
            closed = false;
            writer = null;
        }
        if (body != null) {
            body.drop();
        }
    }

    @Override
    public void reset() {
        super.reset();
        // Stream and writer stay: on most servers, who has them may go on with them.
        length = UNKNOWN;
        empty();
        cacheControl.reset();
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

    /**
     * Of Servlet 6.1, which we do not compile against: it would go past us to the container, and what is held back come after it.
     *
     * @param clearBuffer whether what was written is forgotten
     */
    @SuppressWarnings({"MissingOverride", "unused"})
    public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
        if (isCommitted()) {
            throw new IllegalStateException(
                    "the answer has been sent: it cannot redirect to " + location + " any more");
        }
        if (clearBuffer) {
            abandon();
            super.resetBuffer();
        }
        setStatus(status);
        super.setHeader("Location", location);
        pass();
        super.flushBuffer();
    }

    @Override
    public void setStatus(int status) {
        super.setStatus(status);
        cacheControl.status(status);
    }

    @Override
    public void addCookie(Cookie cookie) {
        super.addCookie(cookie);
        cacheControl.personal();
    }

    /** Whoever writes in the place of an answer that has failed must see what it has said of its length. */
    @Override
    public boolean containsHeader(String name) {
        return isHeldLength(name) || super.containsHeader(name);
    }

    @Override
    public @Nullable String getHeader(String name) {
        return isHeldLength(name) ? Long.toString(length) : super.getHeader(name);
    }

    @Override
    public Collection<String> getHeaders(String name) {
        return isHeldLength(name) ? List.of(Long.toString(length)) : super.getHeaders(name);
    }

    private boolean isHeldLength(String name) {
        return length != UNKNOWN && CONTENT_LENGTH.equalsIgnoreCase(name);
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
            cacheControl.heard(name);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (isLength(name, value)) {
            return;
        }
        if (cacheControl.isReplacedBy(name)) {
            super.setHeader(name, value);
        } else {
            super.addHeader(name, value);
        }
        if (value != null) {
            cacheControl.heard(name);
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
        if (!holding || !CONTENT_LENGTH.equalsIgnoreCase(name)) {
            return false;
        }
        if (value == null) {
            length = UNKNOWN; // how Servlet 6.1 takes it back
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
