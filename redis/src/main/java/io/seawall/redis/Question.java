package io.seawall.redis;

import org.jspecify.annotations.Nullable;

/** One command of a batch, and who is told what Redis says. */
interface Question {

    /** What is sent. */
    RedisCommand command();

    /** What is sent if Redis does not know the script that the command names; null: it names none. */
    default @Nullable RedisCommand withScript() {
        return null;
    }

    /** Where its keys are. */
    Slot slot();

    /**
     * Redis has answered.
     *
     * @param reply a number, bytes, null, or a list of these
     */
    void answered(@Nullable Object reply);

    /** Redis has not, or with an error. */
    void failed(RedisFailure reason);

    /** Whether an error in place of the answer says that Redis does not decide now, whoever asks. */
    boolean needsAnswer();
}
