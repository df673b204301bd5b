package io.seawall.filter;

import io.seawall.filter.settings.InitParameters;
import jakarta.servlet.FilterConfig;
import java.util.Collections;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The init-params of a filter. */
final class InitParams implements PolicySettingsReader.Source {

    private final InitParameters params;

    InitParams(FilterConfig config) {
        params = new InitParameters(
                "filter '" + config.getFilterName() + "'",
                Collections.list(config.getInitParameterNames()),
                config::getInitParameter);
    }

    @Override
    public Set<String> names() {
        return params.names();
    }

    @Override
    public <T> @Nullable T read(String name, Function<String, T> parser) {
        return params.read(name, parser);
    }

    /** Reads one that has a default. */
    <T> T read(String name, String defaultText, Function<String, T> parser) {
        return params.read(name, defaultText, parser);
    }

    /** Reads one that means nothing if it is blank. */
    <T> @Nullable T readUnlessBlank(String name, Function<String, T> parser) {
        return params.readUnlessBlank(name, parser);
    }

    @Override
    public IllegalArgumentException fault(String name, String why) {
        return params.fault(name, why);
    }
}
