package io.seawall.interceptors.rest;

import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;

/**
 * Adds {@link EjbExceptionMapper} where there are EJBs. A feature, since REST looks into the signatures of every mapper that
 * it finds, and the other names what not every server has.
 *
 * <p>Found by itself where an application does not list its classes. Thread-safe: it keeps nothing.
 */
@Provider
public class RejectedEjbCalls implements Feature {

    /** For the container. */
    public RejectedEjbCalls() {}

    /**
     * Adds the mapper; not on Apache CXF, which TomEE has: CXF would keep whatever is given the providers of an application, as
     * the mapper is, and so the application, when it is gone.
     *
     * @param context of the application
     * @return false if there are no EJBs here, or nobody to give the mapper to
     */
    @Override
    public boolean configure(FeatureContext context) {
        if (context.getClass().getName().startsWith("org.apache.cxf.")) {
            return false;
        }
        try {
            Class.forName("jakarta.ejb.EJBException", false, RejectedEjbCalls.class.getClassLoader());
        } catch (ClassNotFoundException noEjb) {
            return false;
        }
        context.register(EjbExceptionMapper.class);
        return true;
    }
}
