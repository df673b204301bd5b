package io.seawall.storm.clients;

/** Hears what clients do. Called by their thread alone. */
public interface ClientCounts {

    /**
     * A client has a question.
     *
     * @param bornNanos since when, as {@link System#nanoTime}
     * @param askedNanos when it asks: later than that if this program is late
     */
    void offered(long bornNanos, long askedNanos);

    /** A client sends a request: a first attempt or another. */
    void sent();

    /**
     * A question has its end.
     *
     * @param bornNanos since when there was the question, as {@link System#nanoTime}
     * @param answer what came of it
     * @param endNanos when
     */
    void ended(long bornNanos, Answer answer, long endNanos);
}
