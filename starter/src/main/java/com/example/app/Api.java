package com.example.app;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The API is at /api, where web.xml has it limited. */
@ApplicationPath("/api")
public class Api extends Application {}
