package com.example;

import io.micrometer.core.instrument.MeterRegistry;
import io.seawall.resilience.pipeline.Pipeline;
import io.seawall.resilience.pipeline.Targets;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Queue;
import java.util.concurrent.Callable;
import javax.sql.DataSource;

/** What members and statements of a page may use without having said where it comes from. */
public abstract class Shop {

    protected ServletContext servletContext;
    protected HttpServletRequest request;
    protected HttpServletResponse response;

    protected Order order;
    protected Bank bank;
    protected Catalogue catalogue;
    protected Mailer mailer;
    protected DataSource database;

    protected Targets targets;
    protected Pipeline<Callable<?>> payments;
    protected MeterRegistry registry;
    protected Queue<Object> queue;
    protected System.Logger log;
}
