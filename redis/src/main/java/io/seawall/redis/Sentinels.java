package io.seawall.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks sentinels where the primary is, each time that a connection is made: the first that knows is believed, as all clients of
 * Sentinel do. Each has a part of the time, so one that hangs does not take that of the others. Of one thread.
 */
final class Sentinels implements Locator {

    private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final RedisAddress address;
    private final List<Endpoint> sentinels;

    Sentinels(RedisAddress address) {
        this.address = address;
        this.sentinels = new ArrayList<>(address.endpoints());
    }

    @Override
    public Endpoint locate(Opener opener, Deadline deadline) {
        RedisFailure last = new RedisFailure("no sentinel");
        for (int i = 0; i < sentinels.size(); i++) {
            Endpoint sentinel = sentinels.get(i);
            long share = Math.min(LONGEST_WAIT_NANOS, deadline.leftNanos() / (sentinels.size() - i + 1));
            try {
                Endpoint primary = ask(opener, sentinel, Deadline.in(share));
                Collections.swap(sentinels, 0, i); // who knew it is asked first the next time
                return primary;
            } catch (RedisFailure e) {
                last = new RedisFailure("sentinel " + sentinel + ": " + e.getMessage(), e);
            }
        }
        throw last;
    }

    private Endpoint ask(Opener opener, Endpoint sentinel, Deadline deadline) {
        try {
            return ask(opener, sentinel, address.withoutLogin(), deadline);
        } catch (RedisFailure e) {
            if (address.password() == null || e.error() != RedisError.NOAUTH) {
                throw e;
            }
            return ask(opener, sentinel, address.withoutDatabase(), deadline);
        }
    }

    private Endpoint ask(Opener opener, Endpoint sentinel, RedisAddress login, Deadline deadline) {
        try (RedisConnection connection = opener.open(sentinel, login, deadline)) {
            RedisCommand question = RedisCommand.of(
                    "SENTINEL",
                    List.of(
                            "get-master-addr-by-name".getBytes(US_ASCII),
                            address.master().getBytes(UTF_8)));
            Object reply = connection.ask(List.of(question), deadline).get(0);
            if (reply instanceof RedisFailure failure) {
                throw failure;
            }
            return endpoint(reply);
        }
    }

    private Endpoint endpoint(@Nullable Object reply) {
        if (reply instanceof List<?> hostAndPort
                && hostAndPort.size() == 2
                && hostAndPort.get(0) instanceof byte[] host
                && hostAndPort.get(1) instanceof byte[] port) {
            try {
                return new Endpoint(new String(host, UTF_8), Integer.parseInt(new String(port, US_ASCII)));
            } catch (NumberFormatException e) {
                throw new RedisFailure("it gives a port that is no number", e);
            }
        }
        throw new RedisFailure(
                "it knows no master '" + address.master() + "': see 'sentinel monitor' in its configuration");
    }
}
