package io.seawall.example;

import io.seawall.interceptors.Breaker;
import io.seawall.interceptors.Resilient;
import io.seawall.interceptors.Retry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;

/** Has the payments service charge orders. Thread-safe. */
@ApplicationScoped
public class PaymentsClient {

    private static final int PAYMENT_REQUIRED = 402;

    @Inject
    ServiceHttp http;

    @Inject
    ShopSettings settings;

    /**
     * Charges an order, once: all attempts carry the order as {@code Idempotency-Key}, so a retry after a lost answer is
     * known to payments as the same charge.
     *
     * @param order the id of the order
     * @param amountCents the amount, in cents
     * @return what came of it
     * @throws IOException never: the fallback answers
     * @throws InterruptedException if the thread is told to stop waiting
     */
    @Resilient(
            target = "payments",
            timeout = "2s",
            retry = @Retry(abortOn = ServiceRefusedException.class),
            breaker = @Breaker(openFor = "5s"),
            fallback = "chargeLater")
    public Payment charge(String order, long amountCents) throws IOException, InterruptedException {
        String body = Json.createObjectBuilder()
                .add("order", order)
                .add("amountCents", amountCents)
                .build()
                .toString();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(settings.payments() + "/charges"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", order)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        try {
            http.send("payments", request);
            return Payment.PAID;
        } catch (ServiceRefusedException refusal) {
            // A declined card is an answer. Thrown, it would count against the service and end in the fallback.
            if (refusal.status() == PAYMENT_REQUIRED) {
                return Payment.DECLINED;
            }
            throw refusal;
        }
    }

    /** Better to take the order and the risk than to send the customer away. */
    Payment chargeLater(String order, long amountCents) {
        // A real shop writes the order down here; a job charges it later, with the same Idempotency-Key.
        return Payment.PENDING;
    }
}
