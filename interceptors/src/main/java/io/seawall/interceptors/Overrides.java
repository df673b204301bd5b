package io.seawall.interceptors;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
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
        // A blank variable is one that somebody's tool could not fill; a blank property was meant.
        String variable = environment.getOrDefault(variable(key), "");
        return variable.isBlank() ? null : new Setting(environmentVariable(variable(key)), variable);
    }

    /** System properties that name one of the targets and no member of it: a slip of the pen that would else do nothing. */
    List<String> unknownMembers(Collection<String> targets) {
        return unknown(
                systemProperties.stringPropertyNames(), Overrides::systemProperty, PREFIX, ".", targets, Members.NAMES);
    }

    /** The same of the environment, which is not ours alone: Kubernetes writes variables for a service of such a name. */
    List<String> suspectVariables(Collection<String> targets) {
        return unknown(
                environment.keySet(),
                Overrides::environmentVariable,
                variable(PREFIX),
                "_",
                targets.stream().map(Overrides::variable).toList(),
                Members.NAMES.stream().map(Overrides::variable).toList());
    }

    private static List<String> unknown(
            Collection<String> keys,
            UnaryOperator<String> source,
            String prefix,
            String separator,
            Collection<String> targets,
            Collection<String> members) {
        List<String> problems = new ArrayList<>();
        for (String key : keys) {
            boolean namesTarget = targets.stream().anyMatch(target -> key.startsWith(prefix + target + separator));
            // After more than a target comes a member: it is for a target of a longer name, maybe another
            // application's.
            boolean namesMember = members.stream().anyMatch(member -> key.endsWith(separator + member));
            if (namesTarget && !namesMember) {
                problems.add(source.apply(key) + " names no member of @Resilient: use one of "
                        + String.join(", ", members) + " after the target, or remove it");
            }
        }
        return problems;
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
