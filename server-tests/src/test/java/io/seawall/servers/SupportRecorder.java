package io.seawall.servers;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestWatcher;

/** Writes down, for the support table, what came of the tests of a server. Of several tests of a feature the worst counts. */
final class SupportRecorder implements TestWatcher, LifecycleMethodExecutionExceptionHandler, AfterAllCallback {

    private final Map<Feature, Support> results = new EnumMap<>(Feature.class);

    @Override
    public void testSuccessful(ExtensionContext context) {
        record(context, Support.YES);
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        record(context, Support.NOT_OFFERED);
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        record(context, Support.NO);
    }

    /** A server that did not start, or refused the probe, has failed in all. */
    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        Class<?> tests = context.getRequiredTestClass();
        Stream.of(tests.getMethods())
                .flatMap(test -> feature(tests, test).stream())
                .forEach(this::failed);
        throw failure;
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        ServerTest test = (ServerTest) context.getRequiredTestInstance();
        SupportTable table = new SupportTable(Path.of(System.getProperty("seawall.support")));
        table.put(test.getClass().getSimpleName(), test.server().title(), results);
        table.write();
    }

    private void record(ExtensionContext context, Support result) {
        feature(context.getRequiredTestClass(), context.getRequiredTestMethod())
                .ifPresent(feature -> results.merge(feature, result, Support::and));
    }

    private void failed(Feature feature) {
        results.put(feature, Support.NO);
    }

    private static Optional<Feature> feature(Class<?> tests, Method test) {
        Proves ofAll = tests.getAnnotation(Proves.class);
        Proves ofOne = test.getAnnotation(Proves.class);
        return Optional.ofNullable(ofAll == null ? ofOne : ofAll).map(Proves::value);
    }
}
