package io.seawall.demo;

import org.jspecify.annotations.Nullable;

/** What the demo prints when it is ready: where it is, and what to try. */
final class Guide {

    private Guide() {}

    static String text(int port, String services, boolean played, @Nullable String redis) {
        String limits = redis == null ? "in memory" : "in Redis";
        return """

                The shop is open.

                  Shop      http://localhost:%1$d
                  Console   http://localhost:%1$d/seawall/
                  Metrics   http://localhost:%1$d/metrics
                  Health    http://localhost:%1$d/health/ready
                  Services  %2$s (%5$s)
                  Limit     100 requests in 60 s for each client, 200 for each address, counted %3$s

                Try:
                  curl -i http://localhost:%1$d/api/products
                  curl -i -H 'Content-Type: application/json' -d '{"product":"mug","quantity":2}' http://localhost:%1$d/api/checkout

                %4$sCtrl-C closes the shop.
                """.formatted(
                        port,
                        services,
                        limits,
                        played ? telling(services) : "",
                        played ? "inventory, payments, and the databases replica, primary" : "inventory, payments");
    }

    private static String telling(String services) {
        return """
                Tell payments (or inventory, replica, primary) to fail, hang, be slow or be ok, buy again, and see how often it was asked:
                  curl -X PUT -d fail %1$s/payments/mode
                  curl %1$s/payments

                """.formatted(services);
    }
}
