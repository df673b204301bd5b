package io.seawall.benchmarks.calls;

import io.seawall.benchmarks.deployment.WatchedInterceptor;
import io.seawall.interceptors.ResilientExtension;
import io.seawall.interceptors.ResilientInterceptor;
import io.smallrye.config.inject.ConfigExtension;
import io.smallrye.faulttolerance.FaultToleranceExtension;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Weld with one bean, and with as little else as the bean needs. */
final class Beans {

    private Beans() {}

    static SeContainer plain() {
        return quiet().addBeanClasses(WatchedInterceptor.class, RefusingInterceptor.class, PlainOrders.class)
                .initialize();
    }

    @SuppressWarnings("unchecked") // addExtensions(Class<? extends Extension>...) makes an array of generics
    static SeContainer seawall() {
        return quiet().addExtensions(ResilientExtension.class)
                .addBeanClasses(ResilientInterceptor.class, SeawallOrders.class)
                .initialize();
    }

    @SuppressWarnings("unchecked") // as above
    static SeContainer smallRye() {
        return quiet().addExtensions(FaultToleranceExtension.class, ConfigExtension.class)
                .addBeanClasses(SmallRyeOrders.class)
                .initialize();
    }

    private static SeContainerInitializer quiet() {
        Logger.getLogger("").setLevel(Level.OFF);
        return SeContainerInitializer.newInstance().disableDiscovery();
    }
}
