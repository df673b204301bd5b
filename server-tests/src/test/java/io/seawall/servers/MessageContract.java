package io.seawall.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Message-driven beans, in an application of their own. */
interface MessageContract extends CdiTransactionContract {

    @Test
    @Proves(Feature.MESSAGES)
    default void a_message_is_taken_by_the_attempt_that_succeeds_or_delivered_again()
            throws IOException, DeploymentFailedException {
        needs(Capability.HOT_DEPLOYMENT);
        needs(Capability.MESSAGING);
        needsDatabase();
        int logged = server().log().length();
        server().deploy("messages", Archives.withMessages());
        try {
            Probe messages = new Probe(server().uri("messages"));
            assertWrittenLater(messages, messages.write("message/per-attempt", 2), 3);
            // Nothing of the first delivery is left, and the second succeeds.
            assertWrittenLater(messages, messages.write("message/plain", 1), 2);
            // Some servers show these beans when all others are deployed.
            assertThat(server().log().substring(logged)).doesNotContain(Archives.SETTING_OF_MESSAGES);
        } finally {
            server().undeploy("messages");
        }
    }
}
