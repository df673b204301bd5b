package io.seawall.probe.web;

import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** As many of these as there are applications: a class histogram that has more has found a leak. */
@WebListener
public class Marker implements ServletContextListener {}
