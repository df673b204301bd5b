package io.seawall.storm;

import java.util.Arrays;

/** Numbers whose percentiles are asked for. Not thread-safe. */
final class Measurements {

    private double[] numbers = new double[256];
    private int size;

    void add(double number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        numbers[size++] = number;
    }

    /** The nearest rank: the least number that so many of 100 are not above; 0 if there are none. */
    double[] percentiles(int... percents) {
        double[] sorted = Arrays.copyOf(numbers, size);
        Arrays.sort(sorted);
        return Arrays.stream(percents)
                .mapToDouble(percent -> size == 0 ? 0 : sorted[(int) Math.ceil(size * percent / 100.0) - 1])
                .toArray();
    }
}
