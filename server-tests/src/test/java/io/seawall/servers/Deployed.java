package io.seawall.servers;

import io.seawall.redis.TestRedis;
import java.io.IOException;
import java.nio.file.Path;

/** What the parts of the contract are about. */
interface Deployed {

    Server server();

    /** The probe, as it is deployed on the server. */
    Probe probe();

    /** An application like the probe, to be deployed beside it under another name. */
    Path second() throws IOException;

    /** The Redis that the probe's {@code SharedLimit} counts in. */
    TestRedis redis();

    /** Skips the test if the server does not bring what it is about. */
    void needs(Capability capability);

    /** Skips the test if the server brings it: another test says what happens then. */
    void lacks(Capability capability);
}
