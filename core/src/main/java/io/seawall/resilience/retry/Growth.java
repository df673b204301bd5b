package io.seawall.resilience.retry;

/** How the delays of a call grow from retry to retry, ahead of jitter. */
public enum Growth {

    /** Each is twice the one before, up to the cap. The default. */
    EXPONENTIAL,

    /** All are the same. */
    FIXED
}
