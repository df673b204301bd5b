package io.seawall.example;

/**
 * Something the shop sells.
 *
 * @param id what clients call it; lower-case letters
 * @param name what people call it
 * @param priceCents the price of one, in cents
 */
public record Product(String id, String name, long priceCents) {}
