package com.example;

/** What a customer has for his money. */
public record Receipt(String id) {

    /** It will be charged later. */
    public static Receipt pending(Order order) {
        return new Receipt("pending-" + order.id());
    }
}
