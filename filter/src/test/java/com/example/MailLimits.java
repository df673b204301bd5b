package com.example;

import io.seawall.ratelimit.LimitStore;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.RateLimiter;
import io.seawall.redis.RedisAddress;
import io.seawall.redis.RedisLimitStore;

/** Mails to one customer: at most ten a minute and a hundred a day, whichever node sends them. */
public final class MailLimits implements AutoCloseable {

    private final RateLimiter limiter;
    private final BoundLimits mails;

    public MailLimits(LimitStore store) {
        limiter = new RateLimiter(store);
        mails = limiter.bind(QuotaPolicies.parse("mails", "minute=10/1m; day=100/1d"));
    }

    /** Counted in Redis, for all nodes. */
    public static MailLimits inRedis(String address) {
        return new MailLimits(
                new RedisLimitStore(RedisAddress.parse(address), "shop", RedisLimitStore.DEFAULT_TIMEOUT));
    }

    public boolean maySend(String customer) {
        return mails.tryAcquire(customer);
    }

    @Override
    public void close() {
        limiter.close();
    }
}
