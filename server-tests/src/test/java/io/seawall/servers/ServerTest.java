package io.seawall.servers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.seawall.redis.TestRedis;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests on one server, with one Redis beside it, started once and stopped whatever happens. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SupportRecorder.class)
abstract class ServerTest implements Deployed {

    /** The context root of the probe that all tests use. */
    static final String PROBE = "probe";

    private final Server server;
    private final Probe probe;
    private TestRedis redis;

    ServerTest(Server server) {
        this.server = server;
        probe = new Probe(server.uri(PROBE));
    }

    /** What is deployed: the probe as it was built, or something that was made of it. */
    Path archive() throws IOException {
        return Archives.probe();
    }

    @Override
    public Path second() throws IOException {
        return archive();
    }

    @BeforeAll
    final void start() throws IOException, DeploymentFailedException {
        redis = TestRedis.start();
        server.start(Map.of("PROBE_REDIS", redis.uri(), "seawall.set-by-property.retry.maxRetries", "1"));
        server.deploy(PROBE, archive());
    }

    @AfterAll
    final void stop() {
        server.close();
        if (redis != null) {
            redis.close();
        }
    }

    @Override
    public Server server() {
        return server;
    }

    @Override
    public Probe probe() {
        return probe;
    }

    @Override
    public TestRedis redis() {
        return redis;
    }

    @Override
    public void lacks(Capability capability) {
        assumeTrue(!server.has(capability), () -> server.title() + " has " + capability);
    }

    @Override
    public void needs(Capability capability) {
        assumeTrue(server.has(capability), () -> server.title() + " has no " + capability);
    }
}
