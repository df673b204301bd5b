package io.seawall.interceptors;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Settings from outside: {@code seawall.<target>.<member>} as a system property, else as an environment variable. */
final class Overrides {

    private static final String PREFIX = "seawall.";

    /**
     * A setting from outside.
     *
     * @param source where it stands, for messages
     * @param value what it says
     */
    record Setting(String source, String value) {}

    private final Properties systemProperties;
    private final Map<String, String> environment;

    Overrides(Properties systemProperties, Map<String, String> environment) {
        this.systemProperties = systemProperties;
        this.environment = environment;
    }

    static Overrides ofSystem() {
        return new Overrides(System.getProperties(), System.getenv());
    }

    @Nullable
    Setting find(String target, String member) {
        String key = PREFIX + target + "." + member;
        String property = systemProperties.getProperty(key);
        if (property != null) {
            return new Setting(systemProperty(key), property);
        }
        String variable = environment.get(variable(key));
        return variable == null ? null : new Setting(environmentVariable(variable(key)), variable);
    }

    /** What names one of the targets and no member of it: surely a slip of the pen, which would else do nothing. */
    List<String> unknownMembers(Collection<String> targets) {
        List<String> problems = new ArrayList<>();
        for (String key : systemProperties.stringPropertyNames()) {
            addIfUnknown(problems, key, systemProperty(key), PREFIX, ".", targets, Members.NAMES);
        }
        List<String> targetVariables = targets.stream().map(Overrides::variable).toList();
        List<String> memberVariables =
                Members.NAMES.stream().map(Overrides::variable).toList();
        for (String name : environment.keySet()) {
            addIfUnknown(
                    problems, name, environmentVariable(name), variable(PREFIX), "_", targetVariables, memberVariables);
        }
        return problems;
    }

    private static void addIfUnknown(
            List<String> problems,
            String key,
            String source,
            String prefix,
            String separator,
            Collection<String> targets,
            Collection<String> members) {
        boolean namesTarget = false;
        for (String target : targets) {
            String start = prefix + target + separator;
            if (key.startsWith(start)) {
                namesTarget = true;
                if (members.contains(key.substring(start.length()))) {
                    return;
                }
            }
        }
        if (namesTarget) {
            problems.add(source + " names no member of @Resilient: use one of " + String.join(", ", members)
                    + " after the target, or remove it");
        }
    }

    private static String systemProperty(String key) {
        return "system property '" + key + "'";
    }

    private static String environmentVariable(String name) {
        return "environment variable '" + name + "'";
    }

    /** As MicroProfile Config maps names (3.0, section "Default ConfigSources"). */
    private static String variable(String key) {
        StringBuilder name = new StringBuilder(key.length());
        for (char c : key.toUpperCase(Locale.ROOT).toCharArray()) {
            name.append((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? c : '_');
        }
        return name.toString();
    }
}
