package io.seawall.observe.health;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import java.lang.annotation.Annotation;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * The checks of MicroProfile Health 4.0: readiness, and startup, which stays up once it was. No liveness: nothing that Seawall knows is
 * mended by a restart. Loads only where the API is present.
 */
final class MicroProfileHealth {

    private MicroProfileHealth() {}

    static void offer(AfterBeanDiscovery event, Supplier<HealthReport> look, BooleanSupplier isStarted) {
        add(event, Readiness.Literal.INSTANCE, () -> readiness(look.get()));
        add(
                event,
                Startup.Literal.INSTANCE,
                () -> HealthCheckResponse.named(HealthJson.NAME)
                        .status(isStarted.getAsBoolean())
                        .build());
    }

    private static HealthCheckResponse readiness(HealthReport report) {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named(HealthJson.NAME).status(report.isReady());
        report.data().forEach(response::withData);
        return response.build();
    }

    private static void add(AfterBeanDiscovery event, Annotation kind, HealthCheck check) {
        event.<HealthCheck>addBean()
                .id(MicroProfileHealth.class.getName() + kind.annotationType().getSimpleName())
                .beanClass(MicroProfileHealth.class)
                .addTypes(HealthCheck.class, Object.class)
                .addQualifiers(kind, Any.Literal.INSTANCE)
                .scope(Dependent.class)
                .createWith(context -> check);
    }
}
