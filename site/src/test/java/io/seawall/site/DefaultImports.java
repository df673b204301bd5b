package io.seawall.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a block without a package may name without an import. */
final class DefaultImports {

    private static final List<String> NAMES = List.of(
            "java.io.*",
            "java.net.*",
            "java.net.http.*",
            "java.sql.Connection",
            "java.sql.PreparedStatement",
            "java.sql.ResultSet",
            "java.sql.SQLException",
            "java.time.*",
            "java.util.*",
            "java.util.concurrent.*",
            "java.util.function.*",
            "javax.sql.*",
            "jakarta.annotation.*",
            "jakarta.ejb.*",
            "jakarta.enterprise.context.*",
            "jakarta.enterprise.event.*",
            "jakarta.inject.Inject",
            "jakarta.inject.Named",
            "jakarta.inject.Provider",
            "jakarta.interceptor.*",
            "jakarta.jms.JMSException",
            "jakarta.jms.Message",
            "jakarta.jms.MessageListener",
            "jakarta.persistence.EntityManager",
            "jakarta.persistence.PersistenceContext",
            "jakarta.servlet.*",
            "jakarta.servlet.annotation.*",
            "jakarta.servlet.http.*",
            "jakarta.transaction.*",
            "jakarta.ws.rs.*",
            "jakarta.ws.rs.core.*",
            "jakarta.ws.rs.client.*",
            "java.lang.System.Logger.Level",
            "io.micrometer.core.instrument.MeterRegistry",
            "io.opentelemetry.api.GlobalOpenTelemetry",
            "com.example.*",
            // Of two of a name, the annotation.
            "io.seawall.interceptors.Bulkhead");

    private static final List<String> ALL = all();

    private DefaultImports() {}

    private static List<String> all() {
        List<String> all = new ArrayList<>(NAMES);
        publicPackages().forEach(each -> all.add(each + ".*"));
        return List.copyOf(all);
    }

    /**
     * Declarations in one line, which changes no line number but by one.
     *
     * @param own imports of the block, which win
     */
    static String beside(String own) {
        StringBuilder text = new StringBuilder();
        for (String each : ALL) {
            String simpleName = each.substring(each.lastIndexOf('.') + 1);
            if (simpleName.equals("*") || !own.contains("." + simpleName + ";")) {
                text.append("import ").append(each).append("; ");
            }
        }
        return text.toString();
    }

    /** Those of the jar that have a public type. */
    private static Set<String> publicPackages() {
        Set<String> packages = new TreeSet<>();
        for (String module : List.of("core", "cache", "redis", "filter", "interceptors", "observe")) {
            Path sources = Path.of("..", module, "src", "main", "java");
            try (Stream<Path> files = Files.walk(sources)) {
                for (Path file : files.filter(DefaultImports::isPublicType).toList()) {
                    String parent = String.valueOf(sources.relativize(file).getParent());
                    packages.add(parent.replace('/', '.').replace('\\', '.'));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return packages;
    }

    private static boolean isPublicType(Path file) {
        if (!file.toString().endsWith(".java")) {
            return false;
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.anyMatch(line -> line.startsWith("public "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
