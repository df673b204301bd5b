package io.seawall.storm.clients;

/** What a shop is like that was to get warm. */
public enum Warmth {
    /** It answers: as quickly as it can, or as it could until the time was over. */
    WARM,
    /** It has given nobody what he asked for, nor a quick error: a machine that is too slow looks like that. */
    COLD,
    /** It has given nobody what he asked for, and was quick to say so. No machine is to blame for that. */
    BROKEN
}
