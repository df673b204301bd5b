package io.seawall.demo.readme;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the commands of the README without a shell, so on every system. One that it does not know is an error. */
final class Shell {

    private static final Pattern LOOP = Pattern.compile("for i in \\$\\(seq (\\d+)\\); do (curl .*); done");

    private final Function<HttpRequest.Builder, HttpResponse<String>> http;

    Shell(Function<HttpRequest.Builder, HttpResponse<String>> http) {
        this.http = http;
    }

    /** Runs a command and returns what it prints. */
    String run(String command) {
        Matcher loop = LOOP.matcher(command);
        if (loop.matches()) {
            return repeat(Integer.parseInt(loop.group(1)), loop.group(2));
        }
        List<String> words = Words.of(command);
        if (!words.get(0).equals("curl")) {
            throw new IllegalArgumentException("the replay does not know the command: " + command);
        }
        return Curl.parse(words.subList(1, words.size())).run(http);
    }

    private String repeat(int times, String command) {
        StringBuilder output = new StringBuilder();
        for (int i = 0; i < times; i++) {
            output.append(run(command));
        }
        return output.toString();
    }
}
