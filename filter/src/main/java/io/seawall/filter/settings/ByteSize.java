package io.seawall.filter.settings;

/**
 * Reads and writes a size of memory as a whole number and a unit: {@code 512KiB}, {@code 64MiB}, {@code 1GiB}, {@code 1TiB}.
 * Units are powers of 1024 (IEC 80000-13), and written so: {@code MB} is 1000 times 1000 to some and not to others.
 */
public final class ByteSize {

    /** As many as of KiB fit a {@code long} of bytes, and far above any memory. */
    private static final int MAX_DIGITS = 15;

    private enum Unit {
        // Largest first: format() takes the first that divides.
        TIB("TiB", 40),
        GIB("GiB", 30),
        MIB("MiB", 20),
        KIB("KiB", 10);

        final String suffix;
        final long bytes;

        Unit(String suffix, int bits) {
            this.suffix = suffix;
            this.bytes = 1L << bits;
        }
    }

    private ByteSize() {}

    /**
     * Reads a size.
     *
     * @param text a whole number of at most 15 digits, directly followed by {@code KiB}, {@code MiB}, {@code GiB} or
     *     {@code TiB}
     * @return bytes, 0 or more; what a {@code long} cannot hold is {@link Long#MAX_VALUE}
     * @throws IllegalArgumentException if the text is anything else; the message holds the text and the rule
     */
    public static long parse(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits > 0 && digits <= MAX_DIGITS) {
            long number = Long.parseLong(text.substring(0, digits));
            for (Unit unit : Unit.values()) {
                if (text.substring(digits).equals(unit.suffix)) {
                    return number > Long.MAX_VALUE / unit.bytes ? Long.MAX_VALUE : number * unit.bytes;
                }
            }
        }
        throw new IllegalArgumentException("'" + text
                + "' is not a size: write a whole number and a unit (KiB, MiB, GiB, TiB), for example 64MiB or 1GiB");
    }

    /**
     * Writes a size in the largest unit that divides it.
     *
     * @param bytes a multiple of 1024, 1024 or more
     * @return a text that {@link #parse} reads back
     * @throws IllegalArgumentException if it is no such multiple
     */
    public static String format(long bytes) {
        for (Unit unit : Unit.values()) {
            if (bytes > 0 && bytes % unit.bytes == 0) {
                return bytes / unit.bytes + unit.suffix;
            }
        }
        throw new IllegalArgumentException(bytes + " bytes have no text form: use a multiple of 1024");
    }
}
