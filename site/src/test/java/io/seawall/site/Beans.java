package io.seawall.site;

import com.example.Suppliers;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.Extension;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Classes of a page as beans: {@code @Resilient} is read as on a server, and what does not fit stops them. */
final class Beans {

    private static final List<String> OF_SEAWALL = List.of("io.seawall.interceptors.ResilientInterceptor");

    private static final String EXTENSION = "io.seawall.interceptors.ResilientExtension";

    private Beans() {}

    /**
     * Deploys the classes of a package, and ends them.
     *
     * @param classes a class path; the settings, if any, are there, too
     * @param packageName of which package
     */
    @SuppressWarnings("unchecked") // addExtensions(Class<? extends Extension>...) makes an array of generics
    static void deploy(Path classes, String packageName) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            List<Class<?>> beans = new ArrayList<>(Suppliers.beans());
            for (String name : OF_SEAWALL) {
                beans.add(loader.loadClass(name));
            }
            for (String name : names(classes, packageName)) {
                beans.add(loader.loadClass(name));
            }
            SeContainerInitializer.newInstance()
                    .disableDiscovery()
                    .setClassLoader(loader)
                    .addExtensions(loader.loadClass(EXTENSION).asSubclass(Extension.class))
                    .addBeanClasses(beans.toArray(Class<?>[]::new))
                    .initialize()
                    .close();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** What the container says is wrong, without its stack traces. */
    static String words(Exception refused) {
        return String.valueOf(refused.getMessage())
                .lines()
                .filter(line -> !line.startsWith("\tat "))
                .collect(Collectors.joining("\n"));
    }

    private static List<String> names(Path classes, String packageName) throws IOException {
        Path directory = classes.resolve(packageName.replace('.', '/'));
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".class"))
                    .map(name -> packageName + "." + name.substring(0, name.length() - ".class".length()))
                    .sorted()
                    .toList();
        }
    }
}
