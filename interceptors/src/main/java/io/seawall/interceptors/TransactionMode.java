package io.seawall.interceptors;

/**
 * What {@link Resilient} may do while a transaction is under way that was begun outside of it: by the container for a method
 * of an EJB, or by a caller. A second attempt in such a transaction would commit what the first has written, and so would an
 * answer in place of the failure.
 *
 * <p>Where none is under way, as around a CDI bean with {@code @Transactional} (each attempt has a transaction of its own)
 * or without, all three mean the same.
 */
public enum TransactionMode {

    /**
     * A failed attempt is final: it is neither made again nor answered by the fallback, so the transaction can be rolled
     * back as if Seawall were not there. A call that was refused before it began has written nothing, and may be answered.
     */
    NO_RETRY,

    /**
     * Each attempt has a transaction of its own, whatever is under way: committed when the attempt returns, rolled back when
     * it throws anything. The transaction under way is suspended meanwhile, and keeps its locks and its connection.
     */
    PER_ATTEMPT,

    /**
     * All attempts share the transaction under way. Right for calls that write nothing in it, or the same every time.
     */
    SHARED
}
