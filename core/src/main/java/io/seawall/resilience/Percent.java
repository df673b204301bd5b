package io.seawall.resilience;

/** A part of 100. */
public final class Percent {

    private Percent() {}

    /**
     * Checks a setting.
     *
     * @param name of the setting, for the message
     * @param value its value
     * @return the value
     * @throws IllegalArgumentException if it is not 0 to 100
     */
    public static int require(String name, int value) {
        if (value < 0 || value > 100) {
            throw new IllegalArgumentException(name + " is " + value + ": use 0 to 100");
        }
        return value;
    }
}
