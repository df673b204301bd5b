package io.seawall.observe.console;

import io.seawall.filter.admin.FilterDescription.Setting;
import jakarta.servlet.ServletContext;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the console is.
 *
 * @param application its path; {@code /} for the root
 * @param host what the node is called
 * @param startedAt when the console began, in milliseconds of the epoch
 * @param version of Seawall; null if the jar does not say
 * @param settings of the console
 */
record Node(
        String application,
        String host,
        long startedAt,
        @Nullable String version,
        List<Setting> settings) {

    static Node of(ServletContext context, ConsoleSettings settings, InstantSource clock) {
        String path = context.getContextPath();
        String named = settings.node();
        Package jar = Node.class.getPackage();
        return new Node(
                path.isEmpty() ? "/" : path,
                named.isEmpty() ? "a node without a name" : named,
                clock.millis(),
                jar == null ? null : jar.getImplementationVersion(),
                settings.described());
    }

    void writeTo(JsonText json) {
        json.field("application", application)
                .field("host", host)
                .field("startedAt", startedAt)
                .field("version", version);
        StateText.settings(json, settings);
    }
}
