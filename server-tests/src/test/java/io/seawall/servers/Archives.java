package io.seawall.servers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
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

    /** A setting in {@link #withMessages}. */
    static final String SETTING_OF_MESSAGES = "seawall.messages.breaker.failures";

    /** A setting in {@link #withWarned}. */
    static final String SETTING_OF_NOBODY = "seawall.nobody.timeout";

    private static final String CLASSES = "WEB-INF/classes/";
    private static final String SETTINGS = CLASSES + "seawall.properties";
    private static final String OPTIONAL = "WEB-INF/optional/";
    private static final String APPLICATION = """
            <application xmlns="https://jakarta.ee/xml/ns/jakartaee" version="10">
              <module><ejb>beans.jar</ejb></module>
              <module><web><web-uri>web.war</web-uri><context-root>/%s</context-root></web></module>
              <library-directory>lib</library-directory>
            </application>
            """;

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

    /** With one more of the settings that stand in {@code web.xml} for the whole application. */
    static Path withContextParam(String name, String value) throws IOException {
        String param = "<context-param><param-name>" + name + "</param-name><param-value>" + value
                + "</param-value></context-param>";
        return rewrite(
                probe(),
                "with-" + name + ".war",
                "WEB-INF/web.xml",
                xml -> Text.replaced(xml, "</web-app>", param + "</web-app>"));
    }

    /**
     * Where one can log in.
     *
     * @param constrained whether the container is told to ask for that before the closed console is, or the console does
     */
    static Path withLogin(boolean constrained) throws IOException {
        String login = "<login-config><auth-method>BASIC</auth-method></login-config>"
                + "<security-role><role-name>operator</role-name></security-role>";
        String constraint =
                "<security-constraint><web-resource-collection><web-resource-name>console</web-resource-name>"
                        + "<url-pattern>/closed/*</url-pattern></web-resource-collection>"
                        + "<auth-constraint><role-name>operator</role-name></auth-constraint></security-constraint>";
        return rewrite(
                probe(),
                constrained ? "with-constraint.war" : "with-login.war",
                "WEB-INF/web.xml",
                xml -> Text.replaced(xml, "</web-app>", (constrained ? constraint : "") + login + "</web-app>"));
    }

    /** The classes of the probe alone: no library, no filter. */
    static Path withoutSeawall() throws IOException {
        Map<String, byte[]> war = read(probe());
        war.keySet().removeIf(name -> name.endsWith(".jar") || name.startsWith(CLASSES + "io/seawall/probe/control/"));
        war.put(
                "WEB-INF/web.xml",
                "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"5.0\"/>"
                        .getBytes(StandardCharsets.UTF_8));
        return write("without-seawall.war", war);
    }

    /** The servlets behind the filter, and nothing of CDI. */
    static Path filterAlone() throws IOException {
        Map<String, byte[]> war = read(probe());
        war.keySet()
                .removeIf(name -> name.startsWith(CLASSES)
                        && !name.matches(
                                CLASSES + "io/seawall/probe/web/(Ping|Async|Outcome|Path|Marker)\\w*\\.class"));
        war.remove("WEB-INF/beans.xml");
        return write("filter-alone.war", war);
    }

    /** Without session beans and what calls them, but with transactions. */
    static Path withoutEjbs() throws IOException {
        Path withTransactions = rewrite(
                probe(), "without-ejbs.war", "WEB-INF/beans.xml", xml -> xml.replace("probe.beans.tx.", "probe.none."));
        Map<String, byte[]> war = read(withTransactions);
        war.keySet()
                .removeIf(name -> name.startsWith(CLASSES + "io/seawall/probe/beans/ejb/")
                        || name.startsWith(CLASSES + "io/seawall/probe/web/rest/FragileEjb"));
        return write("without-ejbs.war", war);
    }

    /** Without what the EJB container calls by itself, at any moment, also in the midst of the undeployment. */
    static Path withoutSchedule() throws IOException {
        Map<String, byte[]> war = read(probe());
        if (war.remove(CLASSES + "io/seawall/probe/beans/ejb/ScheduleBean.class") == null) {
            throw new IllegalStateException("there is no schedule in the probe");
        }
        return write("without-schedule.war", war);
    }

    /** With message-driven beans, which servers without messaging refuse, and a setting of one. */
    static Path withMessages() throws IOException {
        return with("message", SETTING_OF_MESSAGES + "=3");
    }

    /** With all that Seawall warns of, and a setting for nobody. */
    static Path withWarned() throws IOException {
        return with("warned", SETTING_OF_NOBODY + "=1s");
    }

    private static Path with(String optional, String setting) throws IOException {
        Map<String, byte[]> war = new LinkedHashMap<>();
        String classes = "io/seawall/probe/" + optional + "/";
        read(probe()).forEach((name, file) -> war.put(name.replace(OPTIONAL + classes, CLASSES + classes), file));
        war.merge(SETTINGS, line(setting), Archives::joined);
        return write("with-" + optional + ".war", war);
    }

    /** Of a properties file, after whatever is there. */
    private static byte[] line(String text) {
        return ("\n" + text + "\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /** With a limit that stops the deployment, by what it says: {@code 'lots'}. */
    static Path withWrongLimit() throws IOException {
        return rewrite(
                probe(), "wrong-limit.war", "WEB-INF/web.xml", xml -> xml.replace("${PROBE_LIMITS:5/1h}", "lots"));
    }

    /** With a setting that stops the deployment, by what it says: {@code 'soon'}. */
    static Path withWrongSetting() throws IOException {
        return rewrite(probe(), "wrong-setting.war", SETTINGS, old -> "seawall.set-by-file.timeout=soon\n");
    }

    /**
     * The beans in an EJB jar, the servlets and one bean in a WAR, Seawall in the library directory. Both modules have settings,
     * and contradict each other.
     *
     * @param beanForTransactions whether the EJB jar has a bean that begins transactions for Seawall
     */
    static Path ear(String contextRoot, boolean beanForTransactions) throws IOException {
        Map<String, byte[]> beans = new LinkedHashMap<>();
        Map<String, byte[]> web = new LinkedHashMap<>();
        Map<String, byte[]> ear = new LinkedHashMap<>();
        read(probe()).forEach((name, file) -> {
            if (name.startsWith("WEB-INF/lib/")) {
                ear.put(name.replace("WEB-INF/", ""), file);
            } else if (name.startsWith(CLASSES + "io/seawall/probe/web/")
                    || name.equals("WEB-INF/web.xml")
                    || name.equals("WEB-INF/paths.properties")) {
                web.put(name, file);
            } else if (name.startsWith(CLASSES)) {
                beans.put(name.replace(CLASSES, ""), file);
            } else if (beanForTransactions && name.startsWith(OPTIONAL + "io/seawall/probe/ear/")) {
                beans.put(name.replace(OPTIONAL, ""), file);
            } else if (name.equals("WEB-INF/beans.xml")) {
                beans.put("META-INF/beans.xml", file);
                web.put(name, file);
            }
        });
        beans.merge("seawall.properties", line("seawall.set-in-web.retry.maxRetries=2"), Archives::joined);
        web.put(SETTINGS, line("seawall.set-in-web.retry.maxRetries=4"));
        web.put(CLASSES + "META-INF/microprofile-config.properties", line("seawall.set-in-web.retry.maxRetries=5"));
        ear.put("beans.jar", zip(beans));
        ear.put("web.war", zip(web));
        ear.put("META-INF/application.xml", APPLICATION.formatted(contextRoot).getBytes(StandardCharsets.UTF_8));
        return write(contextRoot + ".ear", ear);
    }

    /** Files by name. */
    private static Map<String, byte[]> read(Path archive) throws IOException {
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

    private static Path write(String name, Map<String, byte[]> entries) throws IOException {
        Path archive =
                Files.createDirectories(Installation.root().resolve("archives")).resolve(name);
        return Files.write(archive, zip(entries));
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
