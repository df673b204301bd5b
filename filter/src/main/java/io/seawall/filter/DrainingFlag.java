package io.seawall.filter;

import jakarta.servlet.ServletContext;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether an application drains: kept in its servlet context, for whoever begins that and the filters, which serve requests
 * meanwhile and have clients come back over a new connection.
 */
public final class DrainingFlag {

    private static final String ATTRIBUTE = "io.seawall.draining";

    private DrainingFlag() {}

    /**
     * That of an application.
     *
     * @param context of the application
     * @return always the same
     */
    public static AtomicBoolean of(ServletContext context) {
        synchronized (context) { // for the few who ask at once; who serves requests keeps it
            if (context.getAttribute(ATTRIBUTE) instanceof AtomicBoolean flag) {
                return flag;
            }
            AtomicBoolean flag = new AtomicBoolean();
            context.setAttribute(ATTRIBUTE, flag);
            return flag;
        }
    }
}
