package io.seawall.filter.answer;

import io.seawall.ratelimit.Decision;
import jakarta.servlet.http.HttpServletResponse;

/** Writes the header fields that tell a client where it stands. Immutable; on the way of every admitted request. */
@FunctionalInterface
interface LimitFields {

    /** Before anything is committed. Fields that another filter has written stay true. */
    void write(Decision decision, HttpServletResponse response);
}
