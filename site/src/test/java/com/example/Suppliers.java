package com.example;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Beans for those that inject them: the examples are deployed, and not called. */
public final class Suppliers {

    private Suppliers() {}

    @ApplicationScoped
    static class ABank implements Bank {
        @Override
        public Receipt charge(Order order) {
            return new Receipt(order.id());
        }

        @Override
        public CompletionStage<Receipt> chargeLater(Order order) {
            return CompletableFuture.completedStage(charge(order));
        }
    }

    @ApplicationScoped
    static class ACatalogue implements Catalogue {
        @Override
        public Price price(String product) {
            return new Price(product, 100);
        }

        @Override
        public List<Price> prices(String product) {
            return List.of(price(product));
        }

        @Override
        public List<Product> search(String words) {
            return List.of(new Product(words, words));
        }
    }

    @ApplicationScoped
    static class AMailer implements Mailer {
        @Override
        public void send(String to, String text) {}
    }

    /** All of them. */
    public static List<Class<?>> beans() {
        return List.of(ABank.class, ACatalogue.class, AMailer.class);
    }
}
