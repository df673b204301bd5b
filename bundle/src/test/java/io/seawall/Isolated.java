package io.seawall;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** A class path that has nothing of the one the tests run on but what is asked for, and {@code io.seawall.alone}. */
final class Isolated implements AutoCloseable {

    private final URLClassLoader loader;

    private Isolated(URLClassLoader loader) {
        this.loader = loader;
    }

    /**
     * Makes one.
     *
     * @param jars what is to come first
     * @param libraries of the tests: how the names of their files begin
     */
    static Isolated with(List<Path> jars, String... libraries) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) {
            urls.add(jar.toUri().toURL());
        }
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path file = Path.of(entry);
            if (Stream.of(libraries).anyMatch(file.getFileName().toString()::startsWith)) {
                urls.add(file.toUri().toURL());
            }
        }
        urls.add(testClasses());
        return new Isolated(new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader()));
    }

    /** Also loads what {@code io.seawall.alone} holds. */
    Class<?> load(String name) throws ClassNotFoundException {
        return Class.forName(name, false, loader);
    }

    /** Whether there is such a class, even if what it needs is missing. */
    boolean has(String name) {
        return loader.getResource(name.replace('.', '/') + ".class") != null;
    }

    /** As a server would: the thread sees what the application sees. */
    <T> T run(Callable<T> action) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return action.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }

    private static URL testClasses() throws MalformedURLException {
        try {
            return Path.of(Isolated.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toUri()
                    .toURL();
        } catch (URISyntaxException e) {
            throw new MalformedURLException(e.getMessage());
        }
    }
}
