package io.seawall.interceptors.jmx;

import java.util.List;

/** What can be done to targets from outside. Thread-safe; may be called on any thread. Throws nothing but classes of the JDK. */
public interface Operator {

    /**
     * What the methods of a target go by.
     *
     * @param target its name
     * @return one line for each method
     */
    List<String> settings(String target);

    /**
     * Reads the settings of a target again.
     *
     * @param target its name
     * @return what is different now
     * @throws IllegalArgumentException if something is wrong; then nothing has changed
     */
    List<String> reread(String target);

    /**
     * Reads the settings of all targets again.
     *
     * @return what is different now
     * @throws IllegalArgumentException if something is wrong; then nothing has changed for those targets
     */
    List<String> rereadAll();

    /**
     * Refuses every call of a target.
     *
     * @param target its name
     * @throws IllegalStateException if it has no breaker
     */
    void forceOpen(String target);

    /**
     * Lets every call of a target through.
     *
     * @param target its name
     * @throws IllegalStateException if it has no breaker
     */
    void disable(String target);

    /**
     * Closes the circuit of a target.
     *
     * @param target its name
     * @throws IllegalStateException if it has no breaker
     */
    void reset(String target);
}
