package io.seawall.site;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Commands of a page: what they name of this repository is there. */
final class Commands {

    private static final String PROMPT = "$ ";

    private static final Set<String> KNOWN = Set.of(
            "./mvnw", "apt-get", "asadmin", "cd", "cp", "curl", "docker", "echo", "for", "git", "java", "kubectl",
            "mkdir", "mvn", "python3", "sleep", "touch", "unzip");

    /** What a build makes, and a page may name. */
    private static final Set<String> MADE = Set.of(
            "benchmarks/target/benchmarks.jar",
            "demo/target/seawall-demo.jar",
            "storm/target/seawall-storm.jar",
            "bundle/target/seawall-${version}.jar");

    private final Build build;
    private final List<String> mistakes = new ArrayList<>();
    private final Map<String, String> settings = new LinkedHashMap<>();

    private Commands(Build build) {
        this.build = build;
    }

    static Commands of(Block block, Build build) {
        Commands commands = new Commands(build);
        for (String command : lines(block)) {
            commands.read(command);
        }
        return commands;
    }

    /** Without prompt and output, each in one line. */
    private static List<String> lines(Block block) {
        boolean isConsole = block.language().equals("console");
        List<String> commands = new ArrayList<>();
        boolean goesOn = false;
        for (String line : block.text().split("\n", -1)) {
            boolean begins = isConsole ? line.startsWith(PROMPT) : !line.isBlank() && !line.startsWith("#");
            String text = isConsole && begins ? line.substring(PROMPT.length()) : line;
            if (goesOn) {
                commands.add(commands.remove(commands.size() - 1) + " " + withoutEnd(text));
            } else if (begins) {
                commands.add(withoutEnd(text));
            }
            goesOn = (begins || goesOn) && text.endsWith("\\");
        }
        if (commands.isEmpty()) {
            throw new AssertionError(block.where() + ": no command; in console blocks they begin with '$ '");
        }
        return commands;
    }

    private static String withoutEnd(String line) {
        return line.endsWith("\\") ? line.substring(0, line.length() - 1).strip() : line.strip();
    }

    /** What is wrong with them. */
    List<String> mistakes() {
        return List.copyOf(mistakes);
    }

    /** Settings of targets that they give, without {@code -D}. */
    Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    private void read(String line) {
        for (String command : line.split("&&|;", -1)) {
            List<String> words = new ArrayList<>(Arrays.asList(command.strip().split("\\s+", -1)));
            while (!words.isEmpty() && words.get(0).matches("[A-Z_0-9]+=.*|do|done|sudo")) {
                words.remove(0);
            }
            if (!words.isEmpty() && !words.get(0).isEmpty()) {
                check(words);
            }
        }
    }

    private void check(List<String> words) {
        String name = words.get(0);
        if (!KNOWN.contains(name) && !Files.isExecutable(Build.REPOSITORY.resolve(name))) {
            mistakes.add("nobody knows the command " + name + ": tell Commands.KNOWN");
        }
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String word = rest.next().replace("'", "");
            if (word.equals("-pl")) {
                mustBeIn(build.modules(), rest.next(), "module");
            } else if (word.startsWith("-P") && word.length() > 2) {
                mustBeIn(build.profiles(), word.substring(2), "profile");
            } else if (word.startsWith("-Dtest=")) {
                checkTest(word.substring("-Dtest=".length()));
            } else if (word.startsWith("-Dseawall.")) {
                checkSetting(word.substring(2));
            } else {
                checkPath(word);
            }
        }
    }

    private void mustBeIn(Set<String> known, String names, String kind) {
        for (String each : names.split(",", -1)) {
            if (!known.contains(each)) {
                mistakes.add("there is no " + kind + " " + each + ", but " + known);
            }
        }
    }

    private void checkTest(String tests) {
        for (String test : tests.split(",", -1)) {
            if (!build.hasTypeLike(test.replaceFirst("#.*$", ""))) {
                mistakes.add("there is no test " + test);
            }
        }
    }

    private void checkSetting(String assignment) {
        int equals = assignment.indexOf('=');
        if (equals < 0) {
            // A switch of a test of ours, for which Maven says 'true'.
            if (!build.tests().contains("\"" + assignment + "\"")) {
                mistakes.add(assignment + " has no value");
            }
        } else {
            settings.put(assignment.substring(0, equals), assignment.substring(equals + 1));
        }
    }

    /** A jar of the build, or a path that begins with one of the modules or with docs. */
    private void checkPath(String word) {
        int slash = word.indexOf('/');
        boolean isOurs = slash > 0 && (build.modules().contains(word.substring(0, slash)) || word.startsWith("docs/"));
        if (!isOurs) {
            return;
        }
        boolean isMade = MADE.contains(word.replace(build.version(), "${version}"));
        boolean isBelowTarget = word.contains("/target/");
        if (isBelowTarget ? !isMade : !Files.exists(Build.REPOSITORY.resolve(word))) {
            mistakes.add(
                    isBelowTarget
                            ? "nobody knows that a build makes " + word + ": tell Commands.MADE"
                            : "there is no " + word);
        }
    }
}
