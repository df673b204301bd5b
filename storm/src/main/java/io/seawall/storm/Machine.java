package io.seawall.storm;

/** Where the story is replayed. */
final class Machine {

    private Machine() {}

    static String words() {
        return Runtime.getRuntime().availableProcessors() + " cores, " + System.getProperty("java.vm.name") + " "
                + System.getProperty("java.version") + ", " + System.getProperty("os.name");
    }
}
