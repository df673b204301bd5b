package io.seawall.probe.web.rest;

import io.seawall.probe.beans.CheckedFailureException;
import io.seawall.probe.beans.GuardedBean;
import io.seawall.probe.beans.Run;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

/** Calls a target that always fails: once, and then its circuit is open. */
@Path("fragile")
@RequestScoped
public class FragileResource {

    @Inject
    GuardedBean bean;

    /**
     * Calls it.
     *
     * @return never
     * @throws CheckedFailureException never
     */
    @GET
    @Produces("text/plain")
    public String call() throws CheckedFailureException {
        return bean.fragile(new Run(1, false));
    }
}
