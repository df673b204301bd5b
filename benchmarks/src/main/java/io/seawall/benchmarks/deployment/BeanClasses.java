package io.seawall.benchmarks.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles the beans of an application. */
final class BeanClasses {

    private BeanClasses() {}

    static void compile(Application application, Path directory) throws IOException {
        Files.createDirectories(directory);
        List<Path> sources = new ArrayList<>();
        for (int bean = 0; bean < Application.BEANS; bean++) {
            Path source = directory.resolve("Bean" + bean + ".java");
            Files.writeString(source, application.source(bean));
            sources.add(source);
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException(
                    "there is no compiler in " + System.getProperty("java.home") + ": run the benchmark with a JDK");
        }
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options =
                    List.of("-d", directory.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
            boolean compiled = compiler.getTask(
                            null, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            if (!compiled) {
                throw new IllegalStateException("the beans in " + directory + " do not compile");
            }
        }
    }
}
