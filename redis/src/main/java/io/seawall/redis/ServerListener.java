package io.seawall.redis;

/**
 * Is told whether the servers of a store answer this node. Once for each change: not of one lost connection while there is another,
 * nor of one that is made again at once. Short, throws nothing: it runs on the thread that makes connections.
 */
@FunctionalInterface
public interface ServerListener {

    /**
     * A server does not answer any more, or does again. Until the first call for it, it answers.
     *
     * @param server its address, without a password
     * @param answers whether it decides from now on
     * @param words the same for people, with the reason
     */
    void changed(String server, boolean answers, String words);
}
