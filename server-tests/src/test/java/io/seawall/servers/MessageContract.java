package io.seawall.servers;

import org.junit.jupiter.api.Test;

/** Message-driven beans. */
interface MessageContract extends TransactionContract {

    @Test
    @Proves(Feature.MESSAGES)
    default void a_message_is_taken_by_the_attempt_that_succeeds() {
        needs(Capability.MESSAGING);
        assertWrittenLater(probe().write("message/sent", 2));
    }
}
