package io.seawall.filter.jmx;

import io.seawall.metrics.MetricRegistry;
import io.seawall.metrics.jmx.Shelf;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A filter in the MBean server of the JVM, until it is closed. */
public final class ShownFilter implements AutoCloseable {

    private static final Logger LOG = System.getLogger(ShownFilter.class.getName());

    private final @Nullable Shelf shelf;

    private ShownFilter(@Nullable Shelf shelf) {
        this.shelf = shelf;
    }

    /**
     * Shows a filter: as {@code io.seawall:type=Filter,application="/shop",name="limits"}, with a number after the application if
     * another one has that name. What cannot be shown is told in the log.
     *
     * @param contextPath of its application, as servlets have it: empty for the one at the root
     * @param name of the filter
     * @param metrics of the filter
     * @return takes it out again
     */
    public static ShownFilter show(String contextPath, String name, MetricRegistry metrics) {
        try {
            return new ShownFilter(
                    onShelf(contextPath.isEmpty() ? "/" : contextPath, name, new FilterBean(name, metrics)));
        } catch (RuntimeException | LinkageError unusable) {
            LOG.log(Level.WARNING, "filter '" + name + "' is not shown by JMX, everything else works", unusable);
            return new ShownFilter(null);
        }
    }

    private static Shelf onShelf(String application, String name, FilterBean bean) {
        Shelf shelf = new Shelf();
        shelf.putBeside("Filter", "application", application, Map.of("name", name), bean, FilterMXBean.class);
        return shelf;
    }

    @Override
    public void close() {
        if (shelf != null) {
            shelf.close();
        }
    }
}
