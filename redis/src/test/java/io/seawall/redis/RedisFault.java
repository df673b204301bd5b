package io.seawall.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import redis.clients.jedis.exceptions.JedisException;

/** What can befall a Redis so that it does not decide, and how that passes. */
@SuppressWarnings("ImmutableEnumChecker") // its functions hold no state
public enum RedisFault {

    /** By SIGKILL; it comes back empty, and knows no script. */
    KILLED_AND_EMPTY(false, sick -> sick.redis().kill(), sick -> sick.redis().restart()),

    /** By SIGSTOP: connections stay, new ones are accepted by the kernel, and nothing is answered. */
    HANGING(true, sick -> sick.redis().hang(), sick -> sick.redis().goOn()),

    /** Those that there are, and all that are made. */
    CONNECTIONS_RESET(
            true, sick -> sick.proxy().resetConnections(), sick -> sick.proxy().clearUp()),

    /** By a second each. */
    ANSWERS_DELAYED(
            true,
            sick -> sick.proxy().delayAnswers(Duration.ofSeconds(1)),
            sick -> sick.proxy().clearUp()),

    /** Half of the bytes of an answer, then silence. */
    ANSWERS_CUT_SHORT(
            true, sick -> sick.proxy().halveAnswers(), sick -> sick.proxy().clearUp()),

    /** After a restart. */
    OTHER_PASSWORD(
            false,
            sick -> sick.restartWithPassword("new-secret"),
            SickRedis::restart,
            "WRONGPASS",
            "Check user and password in the Redis address"),

    /** For everybody but one who was there before. */
    TOO_MANY_CLIENTS(
            true,
            sick -> {
                sick.hold();
                sick.byHeld("CONFIG", "SET", "maxclients", "1");
                sick.byHeld("CLIENT", "KILL", "TYPE", "normal");
            },
            sick -> {
                sick.byHeld("CONFIG", "SET", "maxclients", "1000");
                sick.letGo();
            },
            "max number of clients reached",
            "Raise maxclients"),

    /** Its policy is {@code noeviction}. */
    OUT_OF_MEMORY(
            true,
            sick -> sick.config("maxmemory", "1"),
            sick -> sick.config("maxmemory", "0"),
            "OOM command not allowed",
            "maxmemory: raise it"),

    /** For some seconds, after which it has passed by itself. */
    LOADING(
            true,
            RedisFault::fill,
            sick -> sick.redis().order("DEBUG", "RELOAD"),
            RedisFault::awaitLoaded,
            "LOADING",
            "nothing to do but to wait"),

    /** It has become the replica of one that is not there. */
    READ_ONLY(
            true,
            sick -> sick.redis().command("REPLICAOF", "127.0.0.1", "1"),
            sick -> sick.redis().command("REPLICAOF", "NO", "ONE"),
            "READONLY",
            "must name the primary"),

    /** The same, and it is told not to tell what it knows. */
    PRIMARY_DOWN(
            true,
            sick -> {
                sick.config("replica-serve-stale-data", "no");
                sick.redis().command("REPLICAOF", "127.0.0.1", "1");
            },
            sick -> sick.redis().command("REPLICAOF", "NO", "ONE"),
            "MASTERDOWN",
            "must name the primary"),

    /** Fewer than it must have to accept a write. */
    TOO_FEW_REPLICAS(
            true,
            sick -> sick.config("min-replicas-to-write", "1"),
            sick -> sick.config("min-replicas-to-write", "0"),
            "NOREPLICAS",
            "min-replicas-to-write"),

    /** It cannot write its snapshot. */
    DISK_FAILS(
            true,
            RedisFault::failToSave,
            sick -> sick.config("stop-writes-on-bgsave-error", "yes"),
            sick -> sick.config("stop-writes-on-bgsave-error", "no"),
            "MISCONF",
            "room and rights"),

    /** Its user may not do what a script does. */
    RIGHTS_TAKEN_AWAY(
            true,
            sick -> sick.redis().command("ACL", "SETUSER", "app", "-set"),
            sick -> sick.redis().command("ACL", "SETUSER", "app", "+set"),
            "can't run this command",
            "lists under Rights"),

    /** With a script that does not end. */
    BUSY(
            true,
            sick -> {
                sick.config("lua-time-limit", "1");
                sick.redis().order("EVAL", "while true do end", "0");
            },
            sick -> sick.redis().command("SCRIPT", "KILL"),
            "BUSY",
            "SCRIPT KILL");

    private static final int LOADED_KEYS = 300;

    private final boolean keepsData;
    private final List<String> words;
    private final Consumer<SickRedis> preparation;
    private final Consumer<SickRedis> cause;
    private final Consumer<SickRedis> cure;

    RedisFault(boolean keepsData, Consumer<SickRedis> cause, Consumer<SickRedis> cure, String... words) {
        this(keepsData, sick -> {}, cause, cure, words);
    }

    RedisFault(
            boolean keepsData,
            Consumer<SickRedis> preparation,
            Consumer<SickRedis> cause,
            Consumer<SickRedis> cure,
            String... words) {
        this.keepsData = keepsData;
        this.preparation = preparation;
        this.words = List.of(words);
        this.cause = cause;
        this.cure = cure;
    }

    /**
     * Whether Redis knows afterwards what it knew before.
     *
     * @return false if it comes back empty
     */
    public boolean keepsData() {
        return keepsData;
    }

    /** What an operator must be told: what Redis says, and what to do. None where it says nothing. */
    List<String> words() {
        return words;
    }

    /** What takes a while, and does no harm yet. */
    void prepare(SickRedis sick) {
        preparation.accept(sick);
    }

    void cause(SickRedis sick) {
        cause.accept(sick);
    }

    void cure(SickRedis sick) {
        cure.accept(sick);
    }

    /** Between two looks at its clients Redis 6.2 reads 2 MB: ten keys of these, which take it 80 ms. */
    private static void fill(SickRedis sick) {
        sick.config("rdbcompression", "no");
        sick.redis().command("DEBUG", "POPULATE", Integer.toString(LOADED_KEYS), "filler", "200000");
        sick.config("key-load-delay", "8000");
    }

    private static void awaitLoaded(SickRedis sick) {
        Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> {
            try {
                sick.config("key-load-delay", "0");
                return true;
            } catch (JedisException stillLoading) {
                return false;
            }
        });
    }

    private static void failToSave(SickRedis sick) {
        Path snapshot = sick.redis().directory().resolve("dump.rdb");
        try {
            Files.createDirectory(snapshot); // where a file should be
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sick.config("stop-writes-on-bgsave-error", "no");
        sick.config("save", "3600 1");
        sick.redis().command("BGSAVE");
        Awaitility.await()
                .until(() -> new String((byte[]) sick.redis().command("INFO", "persistence"), StandardCharsets.US_ASCII)
                        .contains("rdb_last_bgsave_status:err"));
    }
}
