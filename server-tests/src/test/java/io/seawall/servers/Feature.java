package io.seawall.servers;

/** A row of the support table. */
enum Feature {
    EXAMPLE("The example WAR"),
    LIMIT_IN_ONE_JVM("Rate limit in one JVM"),
    LIMIT_IN_REDIS("Rate limit in Redis, relocated client"),
    ASYNC("Asynchronous servlet counted once"),
    PATHS("No spelling of a path escapes its limit"),
    RESILIENT_CDI("`@Resilient` on CDI beans"),
    RESILIENT_EJB("`@Resilient` on session beans"),
    SERVLET("503 from a servlet"),
    REST("503 from Jakarta REST"),
    REST_EJB("503 from Jakarta REST, refused by a session bean"),
    RETRY_MARK("A trusted caller switches retrying off"),
    SYSTEM_PROPERTY("Settings by system property"),
    PROPERTIES_FILE("Settings by `seawall.properties`"),
    MICROPROFILE_CONFIG("Settings by MicroProfile Config"),
    CONTROL("Settings read again while it runs"),
    MANAGEMENT("Targets in JMX"),
    EVENTS("Events for observers"),
    HEALTH("Health for load balancers"),
    CACHING("What caches are told"),
    CONSOLE("The console"),
    WRONG_LIMIT("A wrong limit of the filter fails the deployment"),
    WRONG_SETTING("A wrong setting of `@Resilient` fails the deployment"),
    WARNINGS("Warnings at deployment"),
    NO_LEAK("Five redeployments leave nothing behind"),
    TRANSACTIONAL("`@Transactional` on CDI beans"),
    CDI_PER_ATTEMPT("CDI beans, `PER_ATTEMPT`"),
    EJB_TRANSACTIONS("Session beans in a transaction"),
    EJB_PER_ATTEMPT("Session beans, `PER_ATTEMPT`"),
    EJB_ASYNCHRONOUS("`@Asynchronous` session beans"),
    TIMERS("`@Timeout` and `@Schedule`"),
    MESSAGES("Message-driven beans"),
    EAR("EAR with the jar in its `lib`");

    private final String title;

    Feature(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
