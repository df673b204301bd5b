package io.seawall.observe.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files of the page, read once. What a request names is looked up among them, and nowhere else. */
final class Assets {

    private static final String HTML = "text/html;charset=UTF-8";
    private static final String SCRIPT = "text/javascript;charset=UTF-8";
    private static final String STYLE = "text/css;charset=UTF-8";

    /** By the path below the console: which file, and what it is. A new file of the page is a line here. */
    private static final Map<String, Asset> FILES = files();

    private static Map<String, Asset> files() {
        Map<String, Asset> files = new LinkedHashMap<>();
        files.put("/", new Asset("index.html", HTML));
        for (String style : List.of("app.css", "uPlot.min.css")) {
            files.put("/" + style, new Asset(style, STYLE));
        }
        for (String script : List.of(
                "theme.js",
                "app.js",
                "api.js",
                "dialogs.js",
                "dom.js",
                "explain.js",
                "node.js",
                "plots.js",
                "policies.js",
                "targets.js",
                "words.js",
                "uPlot.iife.min.js")) {
            files.put("/" + script, new Asset(script, SCRIPT));
        }
        return Collections.unmodifiableMap(files);
    }

    private record Asset(String file, String contentType) {}

    /** Bytes: nobody compares them but by their tag. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Loaded(String contentType, byte[] bytes, String tag) {}

    private final Map<String, Loaded> byPath = new HashMap<>();

    /**
     * Reads all.
     *
     * @throws IOException if one is not there
     */
    Assets() throws IOException {
        for (Map.Entry<String, Asset> known : FILES.entrySet()) {
            Asset asset = known.getValue();
            try (InputStream stream = Assets.class.getResourceAsStream(asset.file)) {
                if (stream == null) {
                    throw new IOException("the file '" + asset.file
                            + "' of the console is not in the jar of Seawall: take the jar as it was released");
                }
                byte[] bytes = stream.readAllBytes();
                byPath.put(known.getKey(), new Loaded(asset.contentType, bytes, tag(bytes)));
            }
        }
    }

    /** Sends one that is there, or that the browser has it. */
    void send(String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Loaded asset = byPath.get(path);
        if (asset == null) {
            throw new Problem(404, ConsoleServlet.NOTHING_HERE);
        }
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("ETag", asset.tag);
        if (isKnown(asset.tag, request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType(asset.contentType);
        response.setContentLength(asset.bytes.length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(asset.bytes);
        }
    }

    /** By the weak comparison of RFC 9110: a tag of ours, in quotes, is no part of another. */
    private static boolean isKnown(String tag, @Nullable String known) {
        return known != null && (known.strip().equals("*") || known.contains(tag));
    }

    private static String tag(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(hash, 0, 16) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
