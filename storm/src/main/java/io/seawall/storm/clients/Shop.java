package io.seawall.storm.clients;

import java.util.function.Consumer;

/** What clients ask. */
interface Shop {

    /**
     * Asks once.
     *
     * @param client who asks
     * @param bornNanos when the question was born: stock that was read before is old
     * @param answered hears of the answer, once, on the thread of the clients
     */
    void ask(int client, long bornNanos, Consumer<Answer> answered);
}
