package io.seawall.probe.web.rest;

import io.seawall.probe.beans.CheckedFailureException;
import io.seawall.probe.beans.Run;
import io.seawall.probe.beans.ejb.StatelessBean;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

/** Calls a target through an EJB, whose container wraps what it throws. It always fails: once, and then its circuit is open. */
@Path("fragile-ejb")
@RequestScoped
public class FragileEjbResource {

    @Inject
    StatelessBean bean;

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
