package io.seawall.servers;

/** What a server brings, or does not: a test of what is not there is skipped, and the support table says so. */
enum Capability {
    /** Session beans. */
    EJB,
    /** {@code @Transactional}, and the transaction synchronization registry. */
    TRANSACTIONS,
    /** A default data source, as the server is shipped or as its launcher here configures it. */
    DATA_SOURCE,
    /** Jakarta REST. */
    REST,
    /** Jakarta REST that lets go of what it has given its providers to. */
    REST_LETS_GO,
    /** MicroProfile Config, visible to a WAR as it is. */
    MICROPROFILE_CONFIG,
    /** MicroProfile Fault Tolerance, visible to a WAR as it is. */
    MICROPROFILE_FAULT_TOLERANCE,
    /** Classes of an application are found by annotations that they or their methods carry (Jakarta Servlet, section 8.2.4). */
    FINDS_ANNOTATED_CLASSES,
    /** Applications come and go while the server runs. */
    HOT_DEPLOYMENT,
    /** A deployment fails with a filter that cannot be initialised. Elsewhere it succeeds, and what is behind it answers an error. */
    FAILS_WITH_FILTER,
    /** An application that was undeployed can be collected. Elsewhere the server holds on to it, with or without Seawall in it. */
    LETS_APPLICATIONS_GO,
    /**
     * A call of a session bean that is under way when its application is undeployed comes to its end. Elsewhere its thread, of
     * a pool of the server, holds on to the call, and with it to the application, with or without Seawall in it.
     */
    LETS_CALLS_END,
    /** A response is not flushed before the filters have it back. */
    LETS_FILTERS_END,
    /** Enterprise archives. */
    EAR,
    /** A transaction manager that connections follow wherever it is used, so that an EAR needs no bean for {@code PER_ATTEMPT}. */
    TRANSACTION_MANAGER,
    /** {@code @Schedule} and {@code @Timeout}. */
    TIMERS,
    /** Message-driven beans. */
    MESSAGING
}
