package io.seawall.filter.route;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Requests of some methods, or of any, to some paths.
 *
 * @param methods empty: any
 * @param paths which paths
 */
record Route(List<String> methods, PathTemplate paths) {

    private static final String GRAMMAR = "write [METHOD[,METHOD...]] /path, for example POST /login or /api/**";

    /** What no route names. */
    private static final String NO_METHOD = "";

    Route {
        methods = List.copyOf(methods);
    }

    /** Reads {@code /api/**}, {@code POST /login} or {@code GET,PUT /api/orders/{id}}. */
    static Route parse(String text) {
        String route = text.strip();
        int slash = route.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("'" + text + "' is no route: " + GRAMMAR);
        }
        String methods = route.substring(0, slash);
        if (methods.isEmpty()) {
            return new Route(List.of(), PathTemplate.parse(route));
        }
        if (!Character.isWhitespace(methods.charAt(methods.length() - 1))) {
            throw new IllegalArgumentException(
                    "'" + text + "' has no space between method and path, or no '/' at its beginning: " + GRAMMAR);
        }
        return new Route(methods(methods, text), PathTemplate.parse(route.substring(slash)));
    }

    private static List<String> methods(String text, String route) {
        List<String> methods = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String method = part.strip();
            if (!isMethod(method)) {
                throw new IllegalArgumentException("'" + route + "' has the method '" + method
                        + "': write it in capitals, as it is sent (RFC 9110, section 9), for example GET");
            }
            methods.add(method);
        }
        return methods;
    }

    /** A token (RFC 9110, section 5.6.2) without small letters, which no method in use has. */
    static boolean isMethod(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(c ->
                                (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
    }

    /** Requests that it has: whoever exempts all of these exempts all that it has. */
    Stream<RequestLine> extremes() {
        List<String> each = methods.isEmpty() ? List.of(NO_METHOD) : methods;
        return each.stream()
                .flatMap(method -> paths.extremes().stream().map(path -> RequestLine.exactly(method, path)));
    }

    boolean isEverything() {
        return methods.isEmpty() && paths.isEverything();
    }

    /** For what limits: whether the request may be one of these, however it is spelled. */
    boolean includes(RequestLine request) {
        return (methods.isEmpty() || hasMethodButCase(request.method())) && request.mayFit(paths);
    }

    /** For what exempts: whether the request is one of these beyond doubt. */
    boolean isExactly(RequestLine request) {
        return (methods.isEmpty() || hasMethod(request.method())) && request.fitsExactly(paths);
    }

    private boolean hasMethod(String method) {
        return methods.contains(method) || (method.equals("HEAD") && methods.contains("GET"));
    }

    /** Methods have a case (RFC 9110, section 9.1), but an application may not mind it. */
    private boolean hasMethodButCase(String method) {
        for (int i = 0; i < methods.size(); i++) {
            String own = methods.get(i);
            // HEAD is served by what serves GET.
            if (own.equalsIgnoreCase(method) || (own.equals("GET") && method.equalsIgnoreCase("HEAD"))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return methods.isEmpty() ? paths.toString() : String.join(",", methods) + " " + paths;
    }
}
