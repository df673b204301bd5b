package io.seawall.jdk;

/** All methods of this record need handles that are adapted to its own class. */
public record Node(Node next) {}
