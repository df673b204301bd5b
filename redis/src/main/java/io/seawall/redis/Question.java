package io.seawall.redis;

import org.jspecify.annotations.Nullable;

/** One command of a batch, and who is told what Redis says. */
interface Question {

    /** What is sent. */
    RedisCommand command();

    /**
     * What is sent in its place if Redis has answered this: that it does not know the script, say, or that another one is needed.
     * Nothing was done then.
     *
     * @param reply as {@link #answered} has it, or a {@link RedisFailure}
     * @return null: it was an answer
     */
    default @Nullable RedisCommand instead(@Nullable Object reply) {
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
