package io.seawall.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** A request or a response, as on the wire. */
final class HttpBlock {

    private HttpBlock() {}

    static void check(Block block) {
        List<String> lines = block.text().lines().toList();
        assertThat(lines).as(block.where()).isNotEmpty();
        for (int i = 0; i < lines.size() && !lines.get(i).isEmpty(); i++) {
            String line = lines.get(i);
            boolean isFirst = i == 0 && line.matches("HTTP/1\\.1 [1-5]\\d\\d .+|[A-Z]+ /\\S* HTTP/1\\.1");
            assertThat(isFirst || line.matches("[A-Za-z][A-Za-z0-9-]*: \\S.*"))
                    .as(block.where(i + 1) + ": no field: " + line)
                    .isTrue();
        }
    }
}
