package io.seawall.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Looks into the JVM of a server, with {@code jcmd}. */
final class Jvm {

    private static final String MARKER = "io.seawall.probe.web.Marker";
    private static final String FILTER = "io.seawall.filter.RateLimitFilter";

    private final long pid;

    Jvm(long pid) {
        this.pid = pid;
    }

    /**
     * What an application may leave behind.
     *
     * @param markers objects that its class loader holds, and its listeners
     * @param filters filters
     * @param threads names of the threads that Seawall starts
     */
    record Leftovers(long markers, long filters, List<String> threads) {}

    /** What is there after a full collection, which a histogram begins with. */
    Leftovers leftovers() {
        String histogram = jcmd("GC.class_histogram");
        List<String> threads = jcmd("Thread.print")
                .lines()
                .filter(line -> line.startsWith("\"seawall") || line.startsWith("\"commons-pool-evictor"))
                .map(line -> line.substring(1, line.indexOf('"', 1)))
                .sorted()
                .toList();
        return new Leftovers(instances(histogram, MARKER), instances(histogram, FILTER), threads);
    }

    /** How many objects of a type are left after a full collection. */
    long instances(String type) {
        return instances(jcmd("GC.class_histogram"), type);
    }

    /** One class for each class loader: their objects are added. */
    private static long instances(String histogram, String type) {
        return histogram
                .lines()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(columns -> columns.length >= 4 && columns[3].equals(type))
                .mapToLong(columns -> Long.parseLong(columns[1]))
                .sum();
    }

    private String jcmd(String command) {
        try {
            Process process = new ProcessBuilder(
                            Installation.javaHome().resolve("bin/jcmd").toString(), Long.toString(pid), command)
                    .redirectErrorStream(true)
                    .start();
            String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw new IllegalStateException("jcmd " + pid + " " + command + " ended with " + code + ": " + told);
            }
            return told;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
