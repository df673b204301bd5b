package io.seawall.filter.route;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for: its method, and its path below the context root, which may be read in several ways. The container
 * reads it one way and dispatches by that; a framework behind it may read the URI again, in its own way. So there are two
 * sources, and to what limits, the request is what either may be taken for.
 *
 * <p>Where all agree, which is nearly always, this is one object and no copy of the path, unless the container gives it in two
 * parts. See docs/design/paths.md.
 */
public final class RequestLine {

    /** Servers take request heads of 8 KiB, unless they are told otherwise. */
    static final int MAX_PATH = 8192;

    private final String method;

    /** The path if it is beyond doubt, else null. */
    private final @Nullable String exactPath;

    /** Null: it may be any path. */
    private final @Nullable String path;

    /** The other reading, null if there is none. */
    private final @Nullable String otherPath;

    private RequestLine(String method, @Nullable String exactPath, @Nullable String path, @Nullable String otherPath) {
        this.method = method;
        this.exactPath = exactPath;
        this.path = path;
        this.otherPath = otherPath;
    }

    /**
     * Reads what a request asks for.
     *
     * @param request which is only read
     * @return in all its readings
     */
    public static RequestLine of(HttpServletRequest request) {
        String method = request.getMethod();
        String path = containersPath(request);
        String uri = request.getRequestURI();
        String context = request.getContextPath();
        if (path != null && uri != null && isBeyondDoubt(path, uri, context)) {
            return new RequestLine(method, path, path, null);
        }
        int root = uri == null || uri.length() > MAX_PATH ? -1 : rootEnd(uri, context);
        if (uri == null || root < 0 || (path != null && path.length() > MAX_PATH)) {
            return new RequestLine(method, null, null, null);
        }
        String fromUri = PathSpelling.unfold(uri.substring(root));
        if (path == null) {
            // From above the context root a path may come back into it, and begins anywhere then.
            return new RequestLine(method, null, fromUri.contains("..") ? null : fromUri, null);
        }
        String unfolded = PathSpelling.unfold(path);
        boolean exact = PathSpelling.isPlain(path) && PathSpelling.isPlainUri(uri);
        return new RequestLine(method, exact ? path : null, unfolded, fromUri.equals(unfolded) ? null : fromUri);
    }

    /** One that is beyond doubt. */
    static RequestLine exactly(String method, String path) {
        return new RequestLine(method, path, path, null);
    }

    /** Null if the container does not say: Jetty throws, where it could be read in two ways. */
    private static @Nullable String containersPath(HttpServletRequest request) {
        String servletPath;
        String pathInfo;
        try {
            servletPath = request.getServletPath();
            pathInfo = request.getPathInfo();
        } catch (IllegalArgumentException ambiguous) {
            return null;
        }
        String path = pathInfo == null ? servletPath : servletPath.isEmpty() ? pathInfo : servletPath.concat(pathInfo);
        return path.isEmpty() ? "/" : path;
    }

    /**
     * The usual case: the URI is the context path and the path, and plain. The context path is looked at too, since Tomcat gives
     * it as the client has written it.
     */
    private static boolean isBeyondDoubt(String path, String uri, @Nullable String context) {
        int root = context == null ? 0 : context.length();
        return uri.length() == root + path.length()
                && uri.length() <= MAX_PATH
                && (context == null || uri.startsWith(context))
                && uri.startsWith(path, root)
                && path.charAt(0) == '/'
                && PathSpelling.isPlain(uri)
                && PathSpelling.isAscii(uri);
    }

    /** Where the context path ends in a URI; -1 if the URI begins with something else. */
    private static int rootEnd(String uri, @Nullable String context) {
        if (context == null || context.isEmpty()) {
            return 0;
        }
        int end = context.length();
        if (uri.startsWith(context) && (uri.length() == end || uri.charAt(end) == '/' || uri.charAt(end) == ';')) {
            return end;
        }
        // Some containers give the context path as it is, others as it is in the URI.
        end = 0;
        for (long slashes = context.chars().filter(c -> c == '/').count(); slashes > 0 && end >= 0; slashes--) {
            end = uri.indexOf('/', end + 1);
        }
        end = end < 0 ? uri.length() : end;
        return PathSpelling.unfold(uri.substring(0, end)).equals(PathSpelling.unfold(context)) ? end : -1;
    }

    String method() {
        return method;
    }

    /** Whether somebody may read the path so that it fits. */
    boolean mayFit(PathTemplate template) {
        return path == null
                || template.includes(path, exactPath != null)
                || (otherPath != null && template.includes(otherPath, false));
    }

    /** Whether everybody reads the path so that it fits letter by letter. */
    boolean fitsExactly(PathTemplate template) {
        return exactPath != null && template.isExactly(exactPath);
    }
}
