package io.seawall.probe.web.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Lists nothing: resources are found, and providers of libraries. */
@ApplicationPath("rest")
public class RestApplication extends Application {}
