package io.seawall.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The Java of a page, compiled together: each block against the public API, and files of one page against each other. */
final class JavaBlocks {

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    private final Map<JavaBlock, List<String>> errors;

    private JavaBlocks(Map<JavaBlock, List<String>> errors) {
        this.errors = errors;
    }

    /**
     * Compiles the blocks of a page.
     *
     * @param classes where the classes go
     */
    static JavaBlocks compile(Page page, Path classes) throws IOException {
        List<JavaBlock> blocks = new ArrayList<>();
        for (Block block : page.blocks()) {
            if (block.language().equals("java")) {
                blocks.add(JavaBlock.of(block));
            }
        }
        return compile(blocks, classes);
    }

    static JavaBlocks compile(List<JavaBlock> blocks, Path classes) throws IOException {
        Map<JavaBlock, List<String>> errors = new LinkedHashMap<>();
        blocks.forEach(block -> errors.put(block, new ArrayList<>()));
        if (!blocks.isEmpty()) {
            DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
            Files.createDirectories(classes);
            try (StandardJavaFileManager files = COMPILER.getStandardFileManager(diagnostics, Locale.ROOT, null)) {
                List<String> options = List.of(
                        "--release",
                        "17",
                        "-proc:none",
                        "-parameters",
                        "-nowarn",
                        "-d",
                        classes.toString(),
                        "-cp",
                        System.getProperty("java.class.path"));
                COMPILER.getTask(null, files, diagnostics, options, null, blocks)
                        .call();
            }
            for (Diagnostic<? extends JavaFileObject> diagnostic : diagnostics.getDiagnostics()) {
                if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
                    JavaBlock block = diagnostic.getSource() instanceof JavaBlock known ? known : blocks.get(0);
                    errors.computeIfAbsent(block, each -> new ArrayList<>()).add(block.complaint(diagnostic));
                }
            }
        }
        return new JavaBlocks(errors);
    }

    /** The blocks, in their order. */
    List<JavaBlock> all() {
        return List.copyOf(errors.keySet());
    }

    /** Whether nothing is wrong with any. */
    boolean isRight() {
        return errors.values().stream().allMatch(List::isEmpty);
    }

    /** What is wrong with a block. */
    List<String> errors(Block block) {
        return errors.entrySet().stream()
                .filter(each -> each.getKey().block().equals(block))
                .flatMap(each -> each.getValue().stream())
                .toList();
    }
}
