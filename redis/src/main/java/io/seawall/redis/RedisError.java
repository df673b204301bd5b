package io.seawall.redis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to do about an error of Redis. It is known by how its message begins; the rest differs from version to version. */
enum RedisError {
    NOAUTH("NOAUTH ", Remedy.CREDENTIALS),
    WRONGPASS("WRONGPASS ", Remedy.CREDENTIALS),
    NO_PASSWORD("ERR AUTH ", "Redis has no password: set one there, or remove it from the Redis address."),
    NOPERM("NOPERM ", Remedy.RIGHTS),
    /** That a script was forbidden a command has no word of its own. */
    NOPERM_OF_SCRIPT("ERR The user executing the script can't ", Remedy.RIGHTS),
    OOM(
            "OOM ",
            "Redis has reached its maxmemory: raise it, or let Redis evict what has a time to live (maxmemory-policy"
                    + " volatile-ttl)."),
    MAX_CLIENTS(
            "ERR max number of clients reached",
            "Raise maxclients of Redis, or find out who keeps so many connections (CLIENT LIST): a node of Seawall has"
                    + " two."),
    READONLY("READONLY ", Remedy.PRIMARY),
    MASTERDOWN("MASTERDOWN ", Remedy.PRIMARY),
    NOREPLICAS(
            "NOREPLICAS ",
            "Fewer replicas are connected than min-replicas-to-write of Redis wants: bring them back, or lower it."),
    MISCONF(
            "MISCONF ",
            "Redis cannot save its data: give it room and rights in its directory, or set stop-writes-on-bgsave-error to"
                    + " no."),
    LOADING("LOADING ", "It will answer when it has read its data: there is nothing to do but to wait."),
    BUSY("BUSY ", "A script of another application does not end: SCRIPT KILL ends it."),
    NO_DATABASE(
            "ERR DB index is out of range",
            "Choose another database in the Redis address, or raise databases of Redis."),
    /** Of a cluster, to whoever takes it for a sole server; also where a client of clusters must ask. */
    MOVED("MOVED ", "This is a server of a cluster: the Redis address must begin with redis-cluster://."),
    ASK("ASK ", "This is a server of a cluster: the Redis address must begin with redis-cluster://."),
    TRYAGAIN("TRYAGAIN ", "A slot of the cluster is being moved: its clients are decided again when that is done."),
    CLUSTERDOWN("CLUSTERDOWN ", "Not all slots of the cluster are served: see CLUSTER INFO there."),
    NO_CLUSTER(
            "ERR This instance has cluster support disabled",
            "This server is no cluster: the Redis address must begin with redis://."),
    UNKNOWN_COMMAND(
            "ERR unknown command", "Seawall needs Redis 6.2 or newer, with no command renamed that its user needs.");

    /** How Redis 6.2 begins what went wrong within a script; then where, and after a colon the error. */
    private static final String IN_SCRIPT = "ERR Error running script";

    private static final String LINE_OF_SCRIPT = "@user_script: ";

    private static final List<RedisError> ALL = List.of(values());

    private static final class Remedy {
        static final String CREDENTIALS = "Check user and password in the Redis address.";
        static final String RIGHTS =
                "Give the user of the Redis address the keys and commands that docs/design/redis-store.md lists under Rights.";
        static final String PRIMARY = "This is a replica: the Redis address must name the primary.";
    }

    private final String beginning;
    private final String remedy;

    RedisError(String beginning, String remedy) {
        this.beginning = beginning;
        this.remedy = remedy;
    }

    /**
     * Finds an error by its message.
     *
     * @param message what Redis said
     * @return null: one of which nothing more is known
     */
    static @Nullable RedisError of(String message) {
        String error = message.startsWith(IN_SCRIPT) ? ofScript(message) : message;
        for (RedisError known : ALL) {
            if (error.startsWith(known.beginning)) {
                return known;
            }
        }
        return null;
    }

    /** What Redis 7 says in the first place: {@code ...: @user_script: 12: -OOM command not allowed...}. */
    private static String ofScript(String message) {
        int line = message.indexOf(LINE_OF_SCRIPT);
        int colon = line < 0 ? -1 : message.indexOf(": ", line + LINE_OF_SCRIPT.length());
        if (colon < 0) {
            return message;
        }
        String error = message.substring(colon + 2);
        return error.startsWith("-") ? error.substring(1) : "ERR " + error;
    }

    /**
     * Adds the remedy to a message.
     *
     * @param message what Redis said
     * @return its words first; alone if nothing more is known
     */
    static String explained(String message) {
        RedisError error = of(message);
        String words = message.strip();
        return error == null ? words : words + (words.endsWith(".") ? " " : ". ") + error.remedy;
    }
}
