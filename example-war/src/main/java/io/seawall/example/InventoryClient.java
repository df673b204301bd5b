package io.seawall.example;

import io.seawall.interceptors.Breaker;
import io.seawall.interceptors.Resilient;
import io.seawall.interceptors.Retry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.HashMap;
import java.util.Map;

/** Asks the inventory service what is in stock. Thread-safe. */
@ApplicationScoped
public class InventoryClient {

    @Inject
    ServiceHttp http;

    @Inject
    ShopSettings settings;

    /**
     * What is in stock.
     *
     * @return pieces by id of product; without the products of which nothing is known, so empty while inventory is away
     * @throws IOException never: the fallback answers
     * @throws InterruptedException if the thread is told to stop waiting
     */
    @Resilient(
            target = "inventory",
            timeout = "1s",
            retry = @Retry(abortOn = ServiceRefusedException.class),
            breaker = @Breaker(openFor = "5s"),
            fallback = "unknown")
    public Map<String, Integer> stock() throws IOException, InterruptedException {
        JsonObject answer = http.send("inventory", HttpRequest.newBuilder(URI.create(settings.inventory() + "/stock")));
        Map<String, Integer> stock = new HashMap<>();
        answer.forEach((product, pieces) -> {
            if (pieces instanceof JsonNumber number) {
                stock.put(product, number.intValue());
            }
        });
        return stock;
    }

    /** A list without stock is worth more to a customer than no list. */
    Map<String, Integer> unknown() {
        return Map.of();
    }
}
