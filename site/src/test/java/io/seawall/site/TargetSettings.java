package io.seawall.site;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Settings of targets, as {@code seawall.payments.timeout=500ms}: read by an application that has these targets. */
final class TargetSettings {

    private static final Pattern KEY = Pattern.compile(
            "seawall\\.(.+?)\\.((?:timeout|deadline|interrupt|transaction|fallback)|(?:retry|breaker|bulkhead|stale|chaos)\\..+)");

    private TargetSettings() {}

    /** Keys and values of a properties file. */
    static Map<String, String> read(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        Map<String, String> settings = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> settings.put(key, properties.getProperty(key)));
        return settings;
    }

    /**
     * Has the real reader read them.
     *
     * @param block for messages
     * @param directory for files
     */
    static List<String> mistakes(Block block, Map<String, String> settings, Path directory, Build build)
            throws Exception {
        List<String> mistakes = new ArrayList<>();
        Map<String, String> ofTargets = new LinkedHashMap<>();
        Map<String, String> targets = new TreeMap<>();
        settings.forEach((key, value) -> {
            Matcher matcher = KEY.matcher(key);
            if (matcher.matches()) {
                ofTargets.put(key, value);
                targets.put(matcher.group(1), "");
            } else if (!build.sources().contains("\"" + key + "\"")) {
                mistakes.add(block.where() + ": nobody reads the setting " + key);
            }
        });
        if (targets.isEmpty()) {
            return mistakes;
        }
        List<JavaBlock> beans = new ArrayList<>();
        int count = 0;
        for (String target : targets.keySet()) {
            beans.add(JavaBlock.of(new Block(block.page(), block.line(), "java", bean(target, count++))));
        }
        JavaBlocks compiled = JavaBlocks.compile(beans, directory);
        for (JavaBlock bean : compiled.all()) {
            mistakes.addAll(compiled.errors(bean.block()));
        }
        if (mistakes.isEmpty()) {
            StringBuilder file = new StringBuilder();
            ofTargets.forEach(
                    (key, value) -> file.append(key).append('=').append(value).append('\n'));
            Files.writeString(directory.resolve("seawall.properties"), file);
            try {
                Beans.deploy(directory, "com.example");
            } catch (Exception refused) {
                mistakes.add(block.where() + ": " + Beans.words(refused));
            }
        }
        return mistakes;
    }

    /** A bean that has the target, with enough switched on that settings can say more. A method is a target by its full name. */
    private static String bean(String target, int number) {
        String resilient = "@io.seawall.interceptors.Resilient(%stimeout = \"2s\", deadline = \"10s\","
                + " bulkhead = @io.seawall.interceptors.Bulkhead(max = 20),"
                + " stale = @io.seawall.interceptors.Stale(maxAge = \"10m\"))";
        String named = resilient.formatted(target.contains(".") ? "" : "target = \"" + target + "\", ");
        String type = "Bean" + number;
        String method = "call";
        if (target.startsWith("com.example.")) {
            String[] parts = target.split("\\.", -1);
            type = parts[2];
            method = parts[parts.length - 1];
        }
        return "package com.example;\n@jakarta.enterprise.context.ApplicationScoped\npublic class " + type + " {\n"
                + named + "\npublic String " + method + "() { return \"\"; }\n}\n";
    }
}
