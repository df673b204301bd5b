package io.seawall.observe.bridge;

import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;

/** Shows metrics where a bean of CDI wants them. Its classes load only where the library is that they are for. */
interface Bridge {

    /**
     * Looks for the bean.
     *
     * @return takes the metrics out of it again; null if there is no such bean
     */
    @Nullable
    AutoCloseable find(ServletContext context);
}
