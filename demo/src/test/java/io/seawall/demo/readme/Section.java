package io.seawall.demo.readme;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The commands of one section of the README: the {@code console} blocks below its heading. */
final class Section {

    private static final String PROMPT = "$ ";

    private Section() {}

    static List<Step> steps(List<String> readme, String heading) {
        List<Step> steps = new ArrayList<>();
        Iterator<String> lines = linesOf(readme, heading).iterator();
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.equals("```console")) {
                readBlock(lines, steps);
            } else if (line.startsWith("```")) {
                throw new IllegalArgumentException("a block of '" + heading + "' is not replayed: make it ```console");
            }
        }
        return steps;
    }

    private static List<String> linesOf(List<String> readme, String heading) {
        int first = readme.indexOf("## " + heading) + 1;
        if (first == 0) {
            throw new IllegalArgumentException("the README has no section '" + heading + "'");
        }
        int end = first;
        while (end < readme.size() && !readme.get(end).startsWith("## ")) {
            end++;
        }
        return readme.subList(first, end);
    }

    private static void readBlock(Iterator<String> lines, List<Step> steps) {
        String command = null;
        StringBuilder output = new StringBuilder();
        String line = lines.next();
        for (; !line.equals("```"); line = lines.next()) {
            if (!line.startsWith(PROMPT)) {
                output.append(line).append('\n');
                continue;
            }
            add(command, output, steps);
            command = line.substring(PROMPT.length());
            output.setLength(0);
        }
        add(command, output, steps);
    }

    private static void add(String command, StringBuilder output, List<Step> steps) {
        if (command != null) {
            steps.add(new Step(command, output.toString().strip()));
        } else if (!output.isEmpty()) {
            throw new IllegalArgumentException("output without a command: " + output);
        }
    }
}
