package com.example;

import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.RateLimiter;
import java.time.Duration;
import java.util.function.Consumer;

/** Sends the shop's mail, to each customer no more than it may get: no servlet, and the limits of all nodes. */
public final class MailQueue {

    private final BoundLimits perCustomer;
    private final Consumer<String> mailServer;

    /**
     * A queue.
     *
     * @param limiter of the application, which closes it
     * @param mailServer sends a mail to a customer
     */
    public MailQueue(RateLimiter limiter, Consumer<String> mailServer) {
        this.perCustomer = limiter.bind(QuotaPolicies.parse("mail", "hourly=3/1h; daily=10/1d fixed-window"));
        this.mailServer = mailServer;
    }

    /**
     * A message of the queue, as a listener of JMS would get it.
     *
     * @param customer to whom
     * @return zero if the mail was sent; else how long the message must wait to be delivered again
     */
    public Duration onMessage(String customer) {
        Decision decision = perCustomer.decide(customer, 1);
        if (decision instanceof Decision.Denied denied) {
            return denied.retryAfter();
        }
        mailServer.accept(customer);
        return Duration.ZERO;
    }
}
