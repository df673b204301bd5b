package io.seawall.storm.backend;

/** What makes a query take its time: a function of the database, which H2 calls by its name. */
public final class QueryTime {

    private QueryTime() {}

    /**
     * Takes time and no processor, as a disk would.
     *
     * @param millis how long
     * @return the same
     * @throws InterruptedException if the thread is told to stop waiting
     */
    public static int take(int millis) throws InterruptedException {
        Thread.sleep(millis);
        return millis;
    }
}
