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

    /** Null if there is none, or none that could be meant. */
    static <T> @Nullable T find(Class<T> type) {
        Instance<T> beans = CDI.current().select(type);
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
