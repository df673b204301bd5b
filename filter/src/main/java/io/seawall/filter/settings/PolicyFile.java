package io.seawall.filter.settings;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The policies file: a {@code .properties} file in UTF-8 with entries {@code <policy>.<setting> = value}. What a value means is
 * not known here. What is wrong with the file is refused, with file and line; nothing is skipped, and nothing wins over
 * another.
 *
 * @param policies by name, in the order in which they first appear; of each, the settings by name, in their order
 */
public record PolicyFile(Map<String, Map<String, PolicySetting>> policies) {

    /** Thousands of policies; more is no file of ours. */
    static final int MAX_BYTES = 1 << 20;

    private static final String WEB_INF = "/WEB-INF/";
    private static final int MAX_NAME_LENGTH = 64;

    public PolicyFile {
        Map<String, Map<String, PolicySetting>> copy = new LinkedHashMap<>();
        policies.forEach(
                (name, settings) -> copy.put(name, Collections.unmodifiableMap(new LinkedHashMap<>(settings))));
        policies = Collections.unmodifiableMap(copy);
    }

    /**
     * Reads the file.
     *
     * @param location below {@code /WEB-INF/}, or else the name of a class path resource of the application
     * @param context of the application
     * @param settings what a policy may have; in one like {@code tier.*.limits}, a {@code *} is any name
     * @return at least one policy
     * @throws IllegalArgumentException if there is no such file, or if something is wrong with it
     */
    public static PolicyFile read(String location, ServletContext context, Set<String> settings) {
        byte[] bytes;
        try (InputStream in = open(location, context)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no file '" + location
                        + "': name one below /WEB-INF/ with its whole path, or one on the class path (WEB-INF/classes)"
                        + " without '/' at its beginning");
            }
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw new IllegalArgumentException("file '" + location + "' cannot be read: " + e, e);
        }
        return parse(location, bytes, settings);
    }

    private static @Nullable InputStream open(String location, ServletContext context) {
        if (location.startsWith(WEB_INF)) {
            return context.getResourceAsStream(location);
        }
        if (location.startsWith("/")) {
            throw new IllegalArgumentException(
                    "file '" + location + "' is not below /WEB-INF/, and so anybody may get it: move it there");
        }
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        InputStream in = application == null ? null : application.getResourceAsStream(location);
        return in == null ? PolicyFile.class.getResourceAsStream("/" + location) : in;
    }

    /**
     * Reads the content of a file.
     *
     * @param file its name, for messages
     */
    static PolicyFile parse(String file, byte[] content, Set<String> settings) {
        if (content.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    file + " is larger than " + MAX_BYTES + " bytes: it is no policies file");
        }
        Map<String, PropertyEntry> seen = new HashMap<>();
        Map<String, Map<String, PolicySetting>> policies = new LinkedHashMap<>();
        for (PropertyEntry entry : PropertyLines.read(file, decode(file, content))) {
            PropertyEntry before = seen.putIfAbsent(entry.key(), entry);
            if (before != null) {
                throw entry.fault(
                        "'" + entry.key() + "' is set in line " + before.line() + " already: delete one of them");
            }
            int dot = entry.key().indexOf('.');
            String policy = requirePolicy(entry, dot, settings);
            String setting = requireSetting(entry, entry.key().substring(dot + 1), settings);
            policies.computeIfAbsent(policy, name -> new LinkedHashMap<>()).put(setting, PolicySetting.of(entry));
        }
        if (policies.isEmpty()) {
            throw new IllegalArgumentException(
                    file + " has no policy: write <policy>.<setting> = value, for example api.limits = 100/60s");
        }
        return new PolicyFile(policies);
    }

    private static String decode(String file, byte[] content) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        CharBuffer text = CharBuffer.allocate(content.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(bytes, text, true);
        text.flip();
        if (result.isError()) {
            int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
            throw PropertyEntry.fault(file, line, "it is not in UTF-8: save the file in UTF-8");
        }
        // Some editors begin a file with a mark that it is UTF-8.
        return !text.isEmpty() && text.get(0) == '\uFEFF' ? text.toString().substring(1) : text.toString();
    }

    private static String requirePolicy(PropertyEntry entry, int dot, Set<String> settings) {
        String key = entry.key();
        if (dot < 0) {
            throw entry.fault("'" + key + "' names no policy: write <policy>.<setting>, for example api."
                    + (settings.contains(key) ? key : "limits"));
        }
        String policy = key.substring(0, dot);
        if (!isName(policy)) {
            throw entry.fault("'" + key + "' has the policy name '" + policy + "': use 1 to " + MAX_NAME_LENGTH
                    + " letters, digits, '-' or '_', and a '.' behind it");
        }
        return policy;
    }

    private static String requireSetting(PropertyEntry entry, String setting, Set<String> settings) {
        if (settings.stream().noneMatch(known -> isSetting(setting, known))) {
            String nearest = NearestName.of(setting, settings);
            throw entry.fault("'" + entry.key() + "' is unknown, a policy has no setting '" + setting + "': "
                    + (nearest == null ? "" : "did you mean '" + nearest + "'? ") + "Use one of "
                    + new TreeSet<>(settings));
        }
        return setting;
    }

    /** Whether a setting is a known one, of which {@code *} is any name. */
    private static boolean isSetting(String setting, String known) {
        int star = known.indexOf('*');
        if (star < 0) {
            return setting.equals(known);
        }
        String before = known.substring(0, star);
        String after = known.substring(star + 1);
        return setting.length() > known.length() - 1
                && setting.startsWith(before)
                && setting.endsWith(after)
                && isName(setting.substring(star, setting.length() - after.length()));
    }

    /** As the names of limits: clients see both. */
    private static boolean isName(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_NAME_LENGTH
                && text.chars().allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || c == '-' || c == '_'));
    }
}
