package com.example;

/** Something that there is to buy. */
public record Product(String id, String name) {}
