package com.example;

/** What something costs. */
public record Price(String product, long cents) {}
