package io.seawall.interceptors.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settings from outside: {@code seawall.<target>.<member>}, as a system property, else an environment variable, else in
 * MicroProfile Config, else in {@code seawall.properties}.
 */
public final class Overrides {

    static final String PREFIX = "seawall.";

    /** The settings of the health of an application, which have their place among those of the targets. */
    private static final Set<String> HEALTH = Set.of(
            "seawall.health.critical",
            "seawall.health.critical-store",
            "seawall.health.store-grace",
            "seawall.health.drain-status");

    /**
     * A setting from outside.
     *
     * @param source where it stands, for messages
     * @param value what it says
     */
    public record Setting(String source, String value) {}

    private final SettingSource systemProperties;
    private final SettingSource environment;
    private final MicroProfileSettings microProfile;
    private final PropertiesFile file;

    Overrides(
            SystemProperties systemProperties,
            Environment environment,
            MicroProfileSettings microProfile,
            PropertiesFile file) {
        this.systemProperties = systemProperties;
        this.environment = environment;
        this.microProfile = microProfile;
        this.file = file;
    }

    /**
     * Those of the application that is being deployed on this thread.
     *
     * @return the settings; system properties and the environment as they are at each look, the others as they are now
     * @throws IllegalArgumentException if its {@code seawall.properties} cannot be read
     */
    public static Overrides ofApplication() {
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        return new Overrides(
                new SystemProperties(System.getProperties()),
                new Environment(System.getenv()),
                MicroProfileSettings.ofApplication(),
                PropertiesFile.ofApplication(ofThread == null ? Overrides.class.getClassLoader() : ofThread));
    }

    /**
     * The same places, looked at again, on any thread.
     *
     * @return the settings as they are now, those of MicroProfile Config as they are at each look
     * @throws IllegalArgumentException if {@code seawall.properties} cannot be read
     */
    public Overrides again() {
        // A copy: all members of a target must come from one moment.
        Properties properties = (Properties) System.getProperties().clone();
        return new Overrides(
                new SystemProperties(properties), new Environment(System.getenv()), microProfile, file.again());
    }

    /**
     * The setting of a member.
     *
     * @param target whose member
     * @param member for example {@code retry.maxRetries}
     * @return null if it is set nowhere
     * @throws IllegalArgumentException if it is set and cannot be read; the message says where
     */
    public @Nullable Setting find(String target, String member) {
        return find(PREFIX + target + "." + member);
    }

    /**
     * The setting of a key that is no target's.
     *
     * @param key for example {@code seawall.health.critical}
     * @return null if it is set nowhere
     * @throws IllegalArgumentException if it is set and cannot be read; the message says where
     */
    public @Nullable Setting find(String key) {
        for (SettingSource source : List.of(systemProperties, environment, microProfile, file)) {
            String value = source.find(key);
            if (value != null) {
                return new Setting(source.place(key), value);
            }
        }
        return null;
    }

    /**
     * Keys that name one of the targets and no member of it, or have a value that comes to nothing: a slip of the pen that
     * would else do nothing.
     *
     * @param targets of this application
     * @param members that there are
     * @return what is wrong, in words
     */
    public List<String> unknownMembers(Collection<String> targets, Collection<String> members) {
        List<String> problems = new ArrayList<>();
        for (SettingSource source : List.of(systemProperties, file)) {
            for (String key : source.keys()) {
                if (!key.startsWith(PREFIX)) {
                    problems.add(source.place(key) + " does not begin with '" + PREFIX + "': write " + PREFIX
                            + "<target>.<member>, or remove it");
                } else if (namesNoMember(key, PREFIX, ".", targets, members)) {
                    problems.add(noMember(source.place(key), members));
                }
            }
        }
        for (String key : microProfile.keys()) {
            if (namesOneOf(targets, key) && microProfile.isLost(key)) {
                problems.add(microProfile.place(key)
                        + " is an expression that names what is not set: correct or remove it, or give it a default, as in"
                        + " '${name:default}'");
            }
        }
        return problems;
    }

    private static boolean namesOneOf(Collection<String> targets, String key) {
        return targets.stream().anyMatch(target -> key.startsWith(PREFIX + target + "."));
    }

    /**
     * The same where the namespace is not ours alone, so that it may mean something else: Kubernetes writes variables for a
     * service of such a name. And keys of our file that name no target of this application.
     *
     * @param targets of this application
     * @param members that there are
     * @return what may be wrong, in words
     */
    public List<String> suspects(Collection<String> targets, Collection<String> members) {
        List<String> suspects = new ArrayList<>();
        List<String> variables = targets.stream().map(Environment::variable).toList();
        List<String> memberVariables =
                members.stream().map(Environment::variable).toList();
        for (String name : environment.keys()) {
            if (namesNoMember(name, Environment.variable(PREFIX), "_", variables, memberVariables)) {
                suspects.add(noMember(environment.place(name), memberVariables));
            }
        }
        for (String key : microProfile.keys()) {
            if (systemProperties.find(key) == null && namesNoMember(key, PREFIX, ".", targets, members)) {
                suspects.add(noMember(microProfile.place(key), members));
            }
        }
        for (String key : file.keys()) {
            if (key.startsWith(PREFIX) && !namesOneOf(targets, key) && !HEALTH.contains(key)) {
                suspects.add(file.place(key)
                        + " names no target of this application, so it does nothing: the targets are " + targets);
            }
        }
        return suspects;
    }

    /**
     * Keys that begin as those of an area do which is no target's, and are none of them.
     *
     * @param area for example {@code seawall.health.}
     * @param names that there are in it
     * @return what is wrong, in words
     */
    public List<String> unknownKeys(String area, Collection<String> names) {
        List<String> problems = new ArrayList<>();
        for (SettingSource source : List.of(systemProperties, file)) {
            for (String key : source.keys()) {
                if (key.startsWith(area) && !names.contains(key.substring(area.length()))) {
                    problems.add(source.place(key) + " is no setting: use one of " + String.join(", ", names)
                            + " after '" + area + "', or remove it");
                }
            }
        }
        return problems;
    }

    private static boolean namesNoMember(
            String key, String prefix, String separator, Collection<String> targets, Collection<String> members) {
        if (HEALTH.contains(key) || HEALTH.stream().map(Environment::variable).anyMatch(key::equals)) {
            return false;
        }
        // After more than a target comes a member: it is for a target of a longer name, maybe another application's.
        boolean namesMember = members.stream().anyMatch(member -> key.endsWith(separator + member));
        return targets.stream()
                .map(target -> prefix + target + separator)
                .filter(key::startsWith)
                .map(start -> key.substring(start.length()))
                .anyMatch(rest -> !members.contains(rest) && (!namesMember || isInGroup(rest, separator, members)));
    }

    /** Whether a key goes on as {@code retry.} does: no target is called so. */
    private static boolean isInGroup(String rest, String separator, Collection<String> members) {
        int end = rest.indexOf(separator);
        return end > 0
                && members.stream().anyMatch(member -> member.startsWith(rest.substring(0, end + separator.length())));
    }

    private static String noMember(String place, Collection<String> members) {
        return place + " names no member of @Resilient: use one of " + String.join(", ", members)
                + " after the target, or remove it";
    }
}
