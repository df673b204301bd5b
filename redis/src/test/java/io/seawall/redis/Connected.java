package io.seawall.redis;

import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** For tests whose subject is not how a store gets its connections: on a busy machine the first try may come too late. */
final class Connected {

    private Connected() {}

    /** Waits until a store is connected to every server. */
    static RedisLimitStore connected(RedisLimitStore store) {
        try {
            Awaitility.await().atMost(60, TimeUnit.SECONDS).until(store::isAvailable);
            return store;
        } catch (ConditionTimeoutException e) {
            store.close();
            throw e;
        }
    }
}
