package io.seawall.observe.console;

import io.seawall.filter.admin.FilterDescription.Setting;
import io.seawall.filter.settings.InitParameters;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The init-params of the console, read and checked.
 *
 * @param role whoever has it sees the console; null: everybody does
 * @param actionRole whoever has it, too, may change something; null: nobody may, or with {@code insecure} everybody
 * @param insecure whether no role is asked
 * @param origins where pages may come from, beside the host that the request names: {@code https://ops.example}, in lower case
 * @param node what this node is called; empty if nobody knows
 * @param described all of them, and where each came from
 */
record ConsoleSettings(
        @Nullable String role,
        @Nullable String actionRole,
        boolean insecure,
        Set<String> origins,
        String node,
        List<Setting> described) {

    private static final String DEFAULT_NODE = "${HOSTNAME:}";

    private static final Set<String> NAMES = Set.of("role", "action-role", "insecure", "origins", "node");

    static ConsoleSettings read(ServletConfig config) throws ServletException {
        InitParameters params = new InitParameters(
                "servlet '" + config.getServletName() + "'",
                Collections.list(config.getInitParameterNames()),
                config::getInitParameter);
        try {
            return read(params);
        } catch (IllegalArgumentException e) {
            // Not itself as the cause, which a container would only print twice.
            throw new ServletException(e.getMessage(), e.getCause());
        }
    }

    private static ConsoleSettings read(InitParameters params) {
        params.requireKnown(NAMES);
        String role = params.readUnlessBlank("role", ConsoleSettings::role);
        String actionRole = params.readUnlessBlank("action-role", ConsoleSettings::role);
        boolean insecure = params.read("insecure", "false", InitParameters::trueOrFalse);
        if (insecure && role != null) {
            throw params.fault("insecure", "with 'role' it is a contradiction: leave one of them out");
        }
        if (insecure && actionRole != null) {
            throw params.fault("insecure", "with 'action-role' it is a contradiction: leave one of them out");
        }
        if (!insecure && role == null) {
            throw params.fault(
                    "role",
                    "the console is for nobody without it: name a role of the container that may see it; or, for a demo"
                            + " that everybody may see and change, give insecure=true");
        }
        Set<String> origins = params.read("origins", "", ConsoleSettings::origins);
        String node = params.read("node", DEFAULT_NODE, text -> text);
        List<Setting> described = Stream.of(
                        describe(params, "role", ""),
                        describe(params, "action-role", ""),
                        describe(params, "insecure", "false"),
                        describe(params, "origins", ""),
                        describe(params, "node", DEFAULT_NODE))
                .toList();
        return new ConsoleSettings(role, actionRole, insecure, origins, node, described);
    }

    private static Setting describe(InitParameters params, String name, String defaultText) {
        String value = params.read(name, defaultText, text -> text);
        return new Setting(name, value, params.names().contains(name) ? "init-param" : "default");
    }

    private static String role(String text) {
        if (text.equals("*")) { // which isUserInRole never grants
            throw new IllegalArgumentException(
                    "nobody has this role: name one, or write ** for everybody who is logged in");
        }
        return text;
    }

    private static Set<String> origins(String text) {
        Set<String> origins = new LinkedHashSet<>();
        for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            String origin = part.strip().toLowerCase(Locale.ROOT);
            if (Origin.parse(origin) == null) {
                throw new IllegalArgumentException("'" + part.strip()
                        + "' is no origin: write scheme and host as https://ops.example.com or https://ops.example.com:8443,"
                        + " with ',' between them");
            }
            origins.add(String.valueOf(Origin.parse(origin)));
        }
        return Collections.unmodifiableSet(origins);
    }
}
