package io.seawall.probe.web;

import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/**
 * There are as many of these as class loaders of this application that are in use, twice as many: one of the server's, one
 * that lives as long as the class. A class histogram that has more has found a leak.
 */
@WebListener
public class Marker implements ServletContextListener {

    @SuppressWarnings("unused") // It is counted.
    private static final Marker OF_THE_CLASS = new Marker();
}
