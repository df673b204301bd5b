package io.seawall.filter;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.resource.ResourceFactory;

/** An application with a policies file, and what its answers tell of the limits. */
final class PolicyFileServer {

    static final String LOCATION = "/WEB-INF/policies.properties";

    private static final Pattern ITEM = Pattern.compile("\"([^\"]+)\";r=([0-9]+)");

    private PolicyFileServer() {}

    /** Not started yet, so that a test can add what it needs; in front of nothing but 404. */
    static TestServer of(Path directory, String policies, Map<String, String> initParams) throws IOException {
        return addTo(new TestServer(), directory, policies, initParams);
    }

    static TestServer addTo(TestServer server, Path directory, String policies, Map<String, String> initParams)
            throws IOException {
        Files.createDirectories(directory.resolve("WEB-INF"));
        Files.writeString(directory.resolve(LOCATION.substring(1)), policies);
        server.application()
                .setBaseResource(ResourceFactory.of(server.application()).newResource(directory));
        Map<String, String> all = new HashMap<>(initParams);
        all.put("policies", LOCATION);
        return server.filter("api", all);
    }

    /** Permits left, by the name of the limit; empty if the answer tells nothing. */
    static Map<String, Long> remaining(HttpResponse<?> response) {
        Map<String, Long> remaining = new HashMap<>();
        for (String field : response.headers().allValues("RateLimit")) {
            Matcher items = ITEM.matcher(field);
            while (items.find()) {
                remaining.put(items.group(1), Long.valueOf(items.group(2)));
            }
        }
        return remaining;
    }

    /** Permits left of one limit. */
    static long left(HttpResponse<?> response, String limit) {
        Long left = remaining(response).get(limit);
        if (left == null) {
            throw new AssertionError("the answer tells nothing of '" + limit + "': " + response.headers());
        }
        return left;
    }
}
