package io.seawall.demo.readme;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A call of curl, as far as the README needs it.
 *
 * @param url the address
 * @param method the method
 * @param headers the headers of the request
 * @param data the body; empty for none
 * @param includesHead {@code -i}: status and headers are printed as well
 * @param discards {@code -o /dev/null}: nothing is printed
 */
record Curl(
        String url, String method, Map<String, String> headers, String data, boolean includesHead, boolean discards) {

    static Curl parse(List<String> words) {
        String url = null;
        String method = null;
        Map<String, String> headers = new LinkedHashMap<>();
        String data = "";
        boolean includesHead = false;
        boolean discards = false;
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String word = rest.next();
            switch (word) {
                case "-s" -> {} // There is no progress to hide.
                case "-i" -> includesHead = true;
                case "-X" -> method = rest.next();
                case "-d" -> data = rest.next();
                case "-H" -> {
                    String[] header = rest.next().split(": ", 2);
                    headers.put(header[0], header[1]);
                }
                case "-o" -> {
                    if (!rest.next().equals("/dev/null")) {
                        throw new IllegalArgumentException("-o writes to /dev/null only: " + words);
                    }
                    discards = true;
                }
                default -> {
                    if (url != null || !word.startsWith("http://")) {
                        throw new IllegalArgumentException("curl does not know '" + word + "' here: " + words);
                    }
                    url = word;
                }
            }
        }
        if (url == null) {
            throw new IllegalArgumentException("curl without an address: " + words);
        }
        if (!data.isEmpty()) {
            headers.putIfAbsent("Content-Type", "application/x-www-form-urlencoded");
        }
        String defaultMethod = data.isEmpty() ? "GET" : "POST";
        return new Curl(url, method == null ? defaultMethod : method, headers, data, includesHead, discards);
    }

    /** Calls, and prints what curl would. */
    String run(Function<HttpRequest.Builder, HttpResponse<String>> http) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .method(method, data.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(data));
        headers.forEach(request::header);
        HttpResponse<String> answer = http.apply(request);
        if (discards) {
            return "";
        }
        return includesHead
                ? head(answer) + "\n" + answer.body().strip()
                : answer.body().strip();
    }

    private static String head(HttpResponse<String> answer) {
        StringBuilder head =
                new StringBuilder("HTTP/1.1 ").append(answer.statusCode()).append('\n');
        answer.headers()
                .map()
                .forEach((name, values) -> values.forEach(
                        value -> head.append(name).append(": ").append(value).append('\n')));
        return head.toString();
    }
}
