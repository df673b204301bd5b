package io.seawall.observe.bridge;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** The one bean of a type. Loads only where CDI is. */
final class BeanOfType {

    private static final Logger LOG = System.getLogger(BeanOfType.class.getName());

    private BeanOfType() {}

    /** Null if there is none, or none that could be meant. What the bean throws is thrown. */
    static <T> @Nullable T find(Class<T> type) {
        CDI<Object> container;
        try {
            container = CDI.current();
        } catch (IllegalStateException none) {
            LOG.log(Level.DEBUG, "CDI does not run here, and has no bean that metrics could go to", none);
            return null;
        }
        Instance<T> beans = container.select(type);
        if (beans.isAmbiguous()) {
            LOG.log(
                    Level.WARNING,
                    "there are several beans of type {0}, and no metrics go to any of them: leave one without a qualifier, or"
                            + " bind it by hand (docs/metrics.md)",
                    type.getName());
            return null;
        }
        return beans.isResolvable() ? beans.get() : null;
    }
}
