package io.seawall.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Archives that are made of the probe, below {@code target/servers/archives}. */
final class Archives {

    private Archives() {}

    /** The WAR as it was built. */
    static Path probe() {
        return Path.of(System.getProperty("seawall.probe"));
    }

    /** A copy with one file changed. */
    static Path rewrite(Path archive, String name, String file, UnaryOperator<String> change) throws IOException {
        Map<String, byte[]> entries = read(archive);
        byte[] old = entries.get(file);
        byte[] changed = change.apply(new String(old, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        if (Arrays.equals(old, changed)) {
            throw new IllegalStateException(file + " was not changed");
        }
        entries.put(file, changed);
        return write(name, entries);
    }

    /** Files by name. */
    static Map<String, byte[]> read(Path archive) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (InputStream file = Files.newInputStream(archive);
                ZipInputStream in = new ZipInputStream(file)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!entry.isDirectory()) {
                    entries.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        return entries;
    }

    static Path write(String name, Map<String, byte[]> entries) throws IOException {
        Path archive =
                Files.createDirectories(Installation.root().resolve("archives")).resolve(name);
        try (OutputStream file = Files.newOutputStream(archive);
                ZipOutputStream out = new ZipOutputStream(file)) {
            write(out, entries);
        }
        return archive;
    }

    static void write(ZipOutputStream out, Map<String, byte[]> entries) throws IOException {
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            out.putNextEntry(new ZipEntry(entry.getKey()));
            out.write(entry.getValue());
            out.closeEntry();
        }
    }
}
