package io.seawall.filter.answer;

import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A response that only takes header fields, and has them read back. */
final class RecordedHeaders {

    private final Map<String, List<String>> lines = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    HttpServletResponse response() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                RecordedHeaders.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> {
                    String name = (String) arguments[0];
                    switch (method.getName()) {
                        case "setHeader" -> {
                            lines.put(name, new ArrayList<>(List.of((String) arguments[1])));
                            return null;
                        }
                        case "addHeader" -> {
                            lines.computeIfAbsent(name, key -> new ArrayList<>())
                                    .add((String) arguments[1]);
                            return null;
                        }
                        case "containsHeader" -> {
                            return lines.containsKey(name);
                        }
                        case "getHeader" -> {
                            return all(name).isEmpty() ? null : all(name).get(0);
                        }
                        case "getHeaders" -> {
                            return all(name);
                        }
                        default -> throw new AssertionError("asked for " + method.getName());
                    }
                });
    }

    List<String> all(String name) {
        return lines.getOrDefault(name, List.of());
    }

    /** The only line of this name. */
    String only(String name) {
        if (all(name).size() != 1) {
            throw new AssertionError(name + " is " + all(name));
        }
        return all(name).get(0);
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }
}
