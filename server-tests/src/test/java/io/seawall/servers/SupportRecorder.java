package io.seawall.servers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Writes down, for the support table, what came of the tests of a server. Of several tests of a feature the worst counts. */
final class SupportRecorder implements TestWatcher, AfterAllCallback {

    private final Map<Feature, String> results = new EnumMap<>(Feature.class);

    @Override
    public void testSuccessful(ExtensionContext context) {
        feature(context)
                .ifPresent(feature -> results.merge(
                        feature, SupportTable.YES, (old, yes) -> old.equals(SupportTable.NO) ? old : yes));
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        feature(context).ifPresent(feature -> results.putIfAbsent(feature, SupportTable.NOT_OFFERED));
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        feature(context).ifPresent(feature -> results.put(feature, SupportTable.NO));
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        ServerTest test = (ServerTest) context.getRequiredTestInstance();
        SupportTable table = new SupportTable(Path.of(System.getProperty("seawall.support")));
        table.add(test.server().title(), results);
        table.write();
    }

    private static Optional<Feature> feature(ExtensionContext context) {
        Proves ofAll = context.getRequiredTestClass().getAnnotation(Proves.class);
        Proves ofOne = context.getRequiredTestMethod().getAnnotation(Proves.class);
        return Optional.ofNullable(ofAll == null ? ofOne : ofAll).map(Proves::value);
    }
}
