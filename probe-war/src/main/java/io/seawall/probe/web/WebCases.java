package io.seawall.probe.web;

import io.seawall.probe.beans.Cases;
import io.seawall.probe.beans.Run;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** A CDI bean of the web module. */
@ApplicationScoped
@Named("web")
public class WebCases implements Cases {

    @Inject
    WebBean bean;

    @Override
    public String run(String name, Run run) throws Exception {
        return bean.setInWeb(run);
    }
}
