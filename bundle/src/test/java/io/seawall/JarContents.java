package io.seawall;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** The files of a jar, by name. */
final class JarContents {

    private final Map<String, byte[]> files = new TreeMap<>();
    private final Map<String, ClassFile> classes = new TreeMap<>();

    private JarContents() {}

    static JarContents of(Path path) throws IOException {
        JarContents contents = new JarContents();
        try (JarFile jar = new JarFile(path.toFile())) {
            for (ZipEntry entry : jar.stream().filter(e -> !e.isDirectory()).toList()) {
                try (InputStream in = jar.getInputStream(entry)) {
                    byte[] bytes = in.readAllBytes();
                    contents.files.put(entry.getName(), bytes);
                    if (entry.getName().endsWith(".class")) {
                        ClassFile type = ClassFile.read(bytes);
                        contents.classes.put(type.name(), type);
                    }
                }
            }
        }
        return contents;
    }

    Map<String, byte[]> files() {
        return files;
    }

    /** By name, as in {@code java.lang.String}. */
    Map<String, ClassFile> classes() {
        return classes;
    }

    String text(String file) {
        byte[] bytes = files.get(file);
        if (bytes == null) {
            throw new IllegalArgumentException("there is no " + file + " in the jar");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
