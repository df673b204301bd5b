package io.seawall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** docs/troubleshooting.md: what it quotes as a message is one, and what Seawall explains of Redis is there. */
class TroubleshootingTest {

    private static final Path PAGE = Path.of("../docs/troubleshooting.md");

    /** Shorter parts of a message are found anywhere. */
    private static final int TELLING = 12;

    private static final Set<String> TEXTS = new LinkedHashSet<>();
    private static final List<String> ERRORS_OF_REDIS = new ArrayList<>();

    @BeforeAll
    static void readSources() throws IOException {
        MainSources.parse(MainSources.files(), (docs, unit) -> {
            List<String> texts = SourceTexts.of(unit);
            TEXTS.addAll(texts);
            if (unit.getSourceFile().getName().endsWith("RedisError.java")) {
                texts.stream()
                        .filter(text -> text.matches("[A-Z]+ |ERR (?!Error)[\\w' ]+"))
                        .map(String::strip)
                        .forEach(ERRORS_OF_REDIS::add);
            }
        });
    }

    /** What stands as code in the columns of that name. */
    private static List<String> messages() throws IOException {
        List<String> messages = new ArrayList<>();
        int column = -1;
        for (String line : Files.readAllLines(PAGE)) {
            List<String> cells = List.of(line.split(" *\\| *", -1));
            if (!line.startsWith("|")) {
                column = -1;
            } else if (cells.contains("message")) {
                column = cells.indexOf("message");
            } else if (column >= 0 && !line.startsWith("|---")) {
                String[] parts = cells.get(column).split("`", -1);
                assertThat(parts).as(line).hasSizeGreaterThan(2);
                for (int i = 1; i < parts.length; i += 2) {
                    messages.add(parts[i]);
                }
            }
        }
        return messages;
    }

    /** Whether all of it is there, in its order. */
    private static boolean isOneOf(String message, String text) {
        int at = 0;
        for (String part : message.split("…", -1)) {
            at = text.indexOf(part.strip(), at);
            if (at < 0) {
                return false;
            }
            at += part.strip().length();
        }
        return true;
    }

    private static List<String> tellingParts(String message) {
        List<String> parts = new ArrayList<>();
        for (String part : message.split("…", -1)) {
            if (part.strip().length() >= TELLING) {
                parts.add(part.strip());
            }
        }
        return parts;
    }

    @Test
    void every_message_is_one_of_the_sources() throws IOException {
        List<String> unknown = new ArrayList<>();
        for (String message : messages()) {
            if (TEXTS.stream().anyMatch(text -> isOneOf(message, text))) {
                continue;
            }
            List<String> parts = tellingParts(message); // of a message that is put together of several texts
            if (parts.isEmpty()) {
                unknown.add(message);
            }
            for (String part : parts) {
                if (TEXTS.stream().noneMatch(text -> text.contains(part))) {
                    unknown.add(part);
                }
            }
        }
        assertThat(messages()).hasSizeGreaterThan(100);
        assertThat(unknown).isEmpty();
    }

    @Test
    void every_error_of_redis_that_is_explained_is_there() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(ERRORS_OF_REDIS)
                .hasSizeGreaterThan(18)
                .allSatisfy(error -> assertThat(page).contains("`" + error));
    }
}
