package io.seawall.redis;

import static io.seawall.redis.Connected.connected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.ratelimit.LimitStore.BoundLimits;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.StoreUnavailableException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Redis that listens by TLS, with a certificate for {@code localhost} that was made for this test. */
class RedisTlsTest {

    private static final char[] PASSWORD = "test-only".toCharArray();

    @TempDir
    private static Path directory;

    private static SSLContext untrusting;
    private static SSLContext trusting;
    private static TestRedis redis;
    private static int tlsPort;

    @BeforeAll
    static void startRedis() throws Exception {
        untrusting = SSLContext.getDefault();
        KeyStore keys = newKeys();
        Certificate certificate = keys.getCertificate("redis");
        Path certificateFile = pem("CERTIFICATE", certificate.getEncoded());
        Path keyFile = pem("PRIVATE KEY", keys.getKey("redis", PASSWORD).getEncoded());
        trusting = trusting(certificate);
        tlsPort = TestRedis.freePort();
        redis = TestRedis.start(
                "--tls-port",
                Integer.toString(tlsPort),
                "--tls-cert-file",
                certificateFile.toString(),
                "--tls-key-file",
                keyFile.toString(),
                "--tls-ca-cert-file",
                certificateFile.toString(),
                "--tls-auth-clients",
                "no");
    }

    private static KeyStore newKeys() throws Exception {
        Path file = directory.resolve("keys.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "redis",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private static Path pem(String what, byte[] content) throws Exception {
        String text = "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + what
                + "-----\n";
        return Files.writeString(directory.resolve(what.replace(' ', '-') + ".pem"), text);
    }

    private static SSLContext trusting(Certificate certificate) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("redis", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @AfterEach
    void restoreTrust() {
        SSLContext.setDefault(untrusting);
    }

    private static RedisLimitStore newStore(String address) {
        return new RedisLimitStore(RedisAddress.parse(address), "seawall", Duration.ofSeconds(2));
    }

    private static BoundLimits bind(RedisLimitStore store) {
        return store.bind(QuotaPolicies.parse("api", "3/1h"));
    }

    private static void assertUndecided(String address) {
        try (RedisLimitStore store = newStore(address)) {
            BoundLimits limits = bind(store);
            assertThatThrownBy(() -> limits.decide("ada", 1)).isInstanceOf(StoreUnavailableException.class);
        }
    }

    @Test
    void who_is_trusted_and_is_the_host_of_the_address_decides() {
        SSLContext.setDefault(trusting);
        try (RedisLimitStore store = connected(newStore("rediss://localhost:" + tlsPort))) {
            BoundLimits limits = bind(store);
            assertThat(limits.decide("bob", 3).allowed()).isTrue();
            assertThat(limits.decide("bob", 1).allowed()).isFalse();
        }
    }

    @Test
    void who_is_not_trusted_does_not() {
        assertUndecided("rediss://localhost:" + tlsPort);
    }

    @Test
    void who_is_trusted_but_another_host_does_not() {
        SSLContext.setDefault(trusting);
        assertUndecided("rediss://127.0.0.1:" + tlsPort);
    }

    @Test
    void who_speaks_plainly_where_tls_is_wanted_is_told_apart() {
        SSLContext.setDefault(trusting);
        assertUndecided("rediss://localhost:" + redis.port());
        assertUndecided("redis://localhost:" + tlsPort);
    }

    @Test
    void one_that_hangs_is_not_waited_for_and_comes_back() {
        SSLContext.setDefault(trusting);
        try (RedisLimitStore store = connected(newStore("rediss://localhost:" + tlsPort))) {
            BoundLimits limits = bind(store);
            limits.decide("eve", 1);
            redis.hang();
            try {
                assertThatThrownBy(() -> {
                            // Each connection is found to be silent once; then nobody waits.
                            for (int i = 0; i < 3; i++) {
                                limits.decide("eve", 1);
                            }
                        })
                        .isInstanceOf(StoreUnavailableException.class);
            } finally {
                redis.goOn();
            }
            Awaitility.await().ignoreExceptions().until(() -> {
                limits.decide("eve", 1);
                return true;
            });
        }
        Awaitility.await()
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("seawall-redis")));
    }
}
