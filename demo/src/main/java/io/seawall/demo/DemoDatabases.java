package io.seawall.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The two database servers of the shop, each with the catalogue. Nobody writes to them, so the one is a true replica of the
 * other.
 *
 * @param primary the one that is written to
 * @param replica the one that is read from
 */
record DemoDatabases(DemoDatabase primary, DemoDatabase replica) implements AutoCloseable {

    private static final String SCRIPT = "WEB-INF/classes/io/seawall/example/catalogue.sql";

    /**
     * Starts both.
     *
     * @param war the shop, which knows what it sells
     * @throws SQLException if one cannot be made
     * @throws IOException if the shop cannot be read, or there is no port
     */
    static DemoDatabases open(Path war) throws SQLException, IOException {
        // Read once, by the first server: on loopback, and not on every interface.
        System.setProperty("h2.bindAddress", "127.0.0.1");
        String script = script(war);
        return new DemoDatabases(new DemoDatabase("primary", script), new DemoDatabase("replica", script));
    }

    private static String script(Path war) throws IOException {
        try (ZipFile zip = new ZipFile(war.toFile())) {
            ZipEntry entry = zip.getEntry(SCRIPT);
            if (entry == null) {
                throw new IOException("there is no " + SCRIPT + " in " + war);
            }
            try (InputStream in = zip.getInputStream(entry)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    @Override
    public void close() {
        replica.close();
        primary.close();
    }
}
