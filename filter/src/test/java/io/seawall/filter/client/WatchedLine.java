package io.seawall.filter.client;

import java.util.concurrent.atomic.AtomicInteger;

/** A line that counts how often it is looked at, and cannot be copied as a whole. */
record WatchedLine(String text, AtomicInteger looks) implements CharSequence {
    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        looks.incrementAndGet();
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        throw new AssertionError("copied");
    }

    @Override
    public String toString() {
        throw new AssertionError("copied");
    }
}
