package io.seawall.observe.health;

import io.seawall.filter.admin.FilterDescription.Setting;
import io.seawall.filter.settings.Placeholders;
import io.seawall.interceptors.settings.Overrides;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the settings of health stand: outside, under {@code seawall.health.}, else in the init-params of the servlets. What goes
 * wrong with one becomes a message that names it. Remembers what was read.
 */
final class HealthParams {

    /** Begins the keys outside. */
    static final String AREA = "seawall.health.";

    private final Overrides outside;

    /** By servlet. */
    private final Map<String, Map<String, String>> inside;

    private final Map<String, Setting> settings = new TreeMap<>();

    HealthParams(Overrides outside, Map<String, Map<String, String>> inside) {
        this.outside = outside;
        this.inside = inside;
    }

    /** Those outside alone: there are no servlets. */
    static HealthParams ofApplication() {
        return new HealthParams(Overrides.ofApplication(), Map.of());
    }

    /** Those of an application that declares any number of {@link HealthServlet}s, or none. */
    static HealthParams of(ServletContext context) {
        Map<String, Map<String, String>> inside = new TreeMap<>();
        for (ServletRegistration servlet : context.getServletRegistrations().values()) {
            if (HealthServlet.class.getName().equals(servlet.getClassName())) {
                inside.put(servlet.getName(), servlet.getInitParameters());
            }
        }
        return new HealthParams(Overrides.ofApplication(), inside);
    }

    /** The same, as far as one of the servlets is concerned. */
    HealthParams of(String servlet) {
        return new HealthParams(outside, Map.of(servlet, inside.getOrDefault(servlet, Map.of())));
    }

    Collection<String> servlets() {
        return inside.keySet();
    }

    void requireKnown(Collection<String> names) {
        inside.forEach((servlet, params) -> params.forEach((name, value) -> {
            if (!names.contains(name)) {
                throw fault(place(name, servlet), value, "there is no such parameter; use one of " + names, null);
            }
        }));
    }

    /** Keys outside that begin as ours do and are none, in words. */
    List<String> unknownKeys(Collection<String> names) {
        return outside.unknownKeys(AREA, names);
    }

    <T> T read(String name, String defaultText, Function<String, T> parser) {
        Overrides.Setting setting = outside.find(AREA + name);
        if (setting != null) {
            note(name, setting.value().strip(), setting.source());
            return parse(setting.source(), setting.value(), setting.value(), parser);
        }
        Map<String, String> raw = new LinkedHashMap<>();
        inside.forEach((servlet, params) -> {
            String value = params.get(name);
            if (value != null) {
                raw.putIfAbsent(value, servlet);
            }
        });
        if (raw.size() > 1) {
            List<String> servlets = new ArrayList<>(raw.values());
            throw fault(
                    place(name, servlets.get(0)),
                    raw.keySet().iterator().next(),
                    "servlet '" + servlets.get(1)
                            + "' says otherwise, and an application has one readiness: write the same for both, or for one of"
                            + " them only",
                    null);
        }
        for (Map.Entry<String, String> param : raw.entrySet()) {
            String place = place(name, param.getValue());
            String filled;
            try {
                filled = Placeholders.fill(param.getKey());
            } catch (IllegalArgumentException e) {
                throw fault(place, param.getKey(), String.valueOf(e.getMessage()), e);
            }
            String origins = Placeholders.origins(param.getKey());
            note(name, filled.strip(), origins.isEmpty() ? "init-param" : "init-param, " + origins);
            return parse(place, param.getKey(), filled.strip(), parser);
        }
        note(name, defaultText, "default");
        return parser.apply(defaultText);
    }

    private void note(String name, String value, String from) {
        settings.put(name, new Setting(name, value, from));
    }

    /** All that was read, by name, and where each came from. */
    List<Setting> settings() {
        return List.copyOf(settings.values());
    }

    private static <T> T parse(String place, String raw, String text, Function<String, T> parser) {
        try {
            return parser.apply(text.strip());
        } catch (IllegalArgumentException e) {
            String origin = raw.strip().equals(text.strip()) ? "" : " (from '" + raw + "')";
            throw new IllegalArgumentException(place + " is '" + text + "'" + origin + ": " + e.getMessage(), e);
        }
    }

    private static IllegalArgumentException fault(String place, String value, String why, @Nullable Throwable cause) {
        return new IllegalArgumentException(place + " is '" + value + "': " + why, cause);
    }

    private static String place(String name, String servlet) {
        return "init-param '" + name + "' of servlet '" + servlet + "'";
    }
}
