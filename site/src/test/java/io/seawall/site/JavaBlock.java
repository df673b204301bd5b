package io.seawall.site;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * A block of Java as a source file. It is the first of these that it parses as: a file, members of a class, statements of a
 * method. A file with a package stands as it is; everything else has {@link DefaultImports} and a package of its own, and members
 * and statements are those of a bean that is a {@link com.example.Shop}.
 */
final class JavaBlock extends SimpleJavaFileObject {

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
    private static final String MEMBERS =
            "@jakarta.enterprise.context.Dependent public class Example extends com.example.Shop {"
                    // So that what a field begins with may fail.
                    + " public Example() throws Exception {} ";
    private static final String STATEMENTS = MEMBERS + " void example() throws Exception {";

    private final Block block;
    private final String source;
    /** How many lines come before the first of the block. */
    private final int linesBefore;

    private JavaBlock(Block block, String source, String file, int linesBefore) {
        super(URI.create("block:///" + file), Kind.SOURCE);
        this.block = block;
        this.source = source;
        this.linesBefore = linesBefore;
    }

    static JavaBlock of(Block block) throws IOException {
        JavaBlock best = null;
        long furthest = -1;
        for (JavaBlock candidate : candidates(block)) {
            Diagnostic<? extends JavaFileObject> error = candidate.firstSyntaxError();
            if (error == null) {
                return candidate;
            }
            // The one that fails last is what the author most likely meant.
            if (error.getLineNumber() > furthest) {
                furthest = error.getLineNumber();
                best = candidate;
            }
        }
        if (best == null) {
            throw new IllegalStateException("there are three candidates");
        }
        return best;
    }

    private static List<JavaBlock> candidates(Block block) {
        String text = block.text();
        if (text.startsWith("package ")) {
            return List.of(new JavaBlock(block, text, fileOf(text), 0));
        }
        String imports = linesThat(text, true);
        String head = "package " + packageOf(block) + "; " + DefaultImports.beside(imports) + "\n";
        String body = linesThat(text, false);
        return List.of(
                new JavaBlock(block, head + text, fileOf(text), 1),
                new JavaBlock(block, head.strip() + imports + MEMBERS + "\n" + body + "\n}", "Example.java", 1),
                new JavaBlock(block, head.strip() + imports + STATEMENTS + "\n" + body + "\n}}", "Example.java", 1));
    }

    /** The package of a block: its own, or one of its line. */
    static String packageOf(Block block) {
        String text = block.text();
        return text.startsWith("package ")
                ? text.substring("package ".length(), text.indexOf(';'))
                : "page.line" + block.line();
    }

    /** Its imports in one line, or the other lines, where they were. */
    private static String linesThat(String text, boolean isImport) {
        return text.lines()
                .map(line -> line.startsWith("import ") == isImport ? line : "")
                .collect(Collectors.joining(isImport ? " " : "\n"));
    }

    /** The compiler wants a public type in a file of its name. */
    private static String fileOf(String text) {
        return text.lines()
                        .filter(line -> line.startsWith("public "))
                        .map(line -> line.replaceFirst("^(.* )?(class|interface|record|enum) ", "")
                                .replaceFirst("\\W.*", ""))
                        .findFirst()
                        .orElse("Example")
                + ".java";
    }

    private @Nullable Diagnostic<? extends JavaFileObject> firstSyntaxError() throws IOException {
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = COMPILER.getStandardFileManager(diagnostics, Locale.ROOT, null)) {
            JavacTask task = (JavacTask) COMPILER.getTask(
                    null, files, diagnostics, List.of("--release", "17", "-proc:none"), null, List.of(this));
            task.parse();
        }
        return diagnostics.getDiagnostics().stream()
                .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                .findFirst()
                .orElse(null);
    }

    Block block() {
        return block;
    }

    String complaint(Diagnostic<? extends JavaFileObject> diagnostic) {
        int line = Math.max(1, (int) diagnostic.getLineNumber() - linesBefore);
        return block.where(line) + ": " + diagnostic.getMessage(Locale.ROOT);
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source;
    }
}
