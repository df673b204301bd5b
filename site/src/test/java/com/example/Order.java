package com.example;

/** What a page's examples sell. */
public record Order(String id, String product, int quantity, String customer) {}
