package io.seawall.interceptors;

import io.seawall.resilience.circuitbreaker.CircuitBreaker;
import io.seawall.resilience.circuitbreaker.CircuitView;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The targets of the application, to look at and to change while it runs. Have it injected; a bean of any scope may keep it.
 * Thread-safe. What is done to a circuit by hand lasts until {@link #reset} or the end of the application, also when settings
 * are read again.
 */
public interface SeawallTargets {

    /** The attribute of a servlet context in which a web application's targets are while it runs, for what is no bean. */
    String ATTRIBUTE = "io.seawall.targets";

    /**
     * Which targets there are.
     *
     * @return their names, in order
     */
    Set<String> names();

    /**
     * Where the circuit of a target is.
     *
     * @param target its name
     * @return empty if none of its methods has a breaker
     * @throws IllegalArgumentException if there is no such target
     */
    Optional<CircuitBreaker.State> breakerState(String target);

    /**
     * How the circuit of a target stands: its state and since when, its rule, and the failures that it remembers.
     *
     * @param target its name
     * @return empty if none of its methods has a breaker
     * @throws IllegalArgumentException if there is no such target
     */
    Optional<CircuitView> circuit(String target);

    /**
     * Whether the circuit of a target refuses calls. Other than by {@link #breakerState}, it does not any more when its open period is
     * over, though nobody has called since.
     *
     * @param target its name
     * @return true while the open period lasts, or the circuit is forced open; false if none of its methods has a breaker
     * @throws IllegalArgumentException if there is no such target
     */
    boolean isRefusing(String target);

    /**
     * What the methods of a target go by.
     *
     * @param target its name
     * @return one line for each method: its members, and where those that are set outside are set
     * @throws IllegalArgumentException if there is no such target
     */
    List<String> settings(String target);

    /**
     * Refuses every call of a target from now on, until {@link #reset}.
     *
     * @param target its name
     * @throws IllegalArgumentException if there is no such target
     * @throws IllegalStateException if none of its methods has a breaker
     */
    void forceOpen(String target);

    /**
     * Lets every call of a target through, whatever becomes of them, until {@link #reset}.
     *
     * @param target its name
     * @throws IllegalArgumentException if there is no such target
     * @throws IllegalStateException if none of its methods has a breaker
     */
    void disable(String target);

    /**
     * Closes the circuit of a target and forgets what it has counted; also after {@link #forceOpen} and {@link #disable}.
     *
     * @param target its name
     * @throws IllegalArgumentException if there is no such target
     * @throws IllegalStateException if none of its methods has a breaker
     */
    void reset(String target);

    /**
     * Reads the settings of a target from outside again, and has all its methods go by them from one moment on. Calls that are
     * under way end as they have begun. What the breaker, the budget and the bulkhead know of earlier calls stays, but for the
     * counts of a breaker whose rule is another one.
     *
     * @param target its name
     * @return what is different now, in words; empty if nothing is
     * @throws IllegalArgumentException if there is no such target, or what stands outside is wrong: as at deployment, with the
     *     same words. Then nothing has changed
     */
    List<String> reread(String target);

    /**
     * The same for all targets, one after another.
     *
     * @return what is different now, in words; empty if nothing is
     * @throws IllegalArgumentException if something is wrong for some of them; these go on as before, the others by what
     *     stands outside now
     */
    List<String> rereadAll();
}
