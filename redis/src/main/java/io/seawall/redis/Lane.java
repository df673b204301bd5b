package io.seawall.redis;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One connection, used by one thread at a time: the one that has taken it. After any time-out, any I/O error, and any answer that says
 * that Redis does not decide now, the connection is closed and never used again; the lane waits for another then, which is not the
 * business of a thread that asks.
 */
final class Lane {

    private enum Use {
        FREE,
        TAKEN,
        /** Without a connection, until {@link #connect}. */
        DOWN
    }

    /** Who brings a lane back. */
    @FunctionalInterface
    interface Listener {
        void down(Lane lane, RedisFailure reason);
    }

    private static final RedisCommand ASKING = RedisCommand.of("ASKING", List.of());

    private final AtomicReference<Use> use = new AtomicReference<>(Use.DOWN);
    private final BatchWriter writer;
    private final Listener listener;
    private volatile @Nullable RedisConnection connection;
    private volatile @Nullable Deadline busyUntil;

    /**
     * A lane without a connection.
     *
     * @param writer makes questions of calls
     * @param listener told when the connection is lost
     */
    Lane(BatchWriter writer, Listener listener) {
        this.writer = writer;
        this.listener = listener;
    }

    /** Takes the lane if it is free. */
    boolean take() {
        return use.get() == Use.FREE && use.compareAndSet(Use.FREE, Use.TAKEN);
    }

    /** By who has taken it and asked nothing that failed. */
    void release() {
        use.set(Use.FREE);
    }

    boolean isConnected() {
        return use.get() != Use.DOWN;
    }

    /** Gives a lane that is down a connection that is known to work. */
    void connect(RedisConnection working) {
        connection = working;
        use.set(Use.FREE);
    }

    /** Closes the connection, also under the hands of who uses it. */
    void close() {
        RedisConnection open = connection;
        if (open != null) {
            open.close();
        }
        if (use.compareAndSet(Use.FREE, Use.DOWN)) {
            connection = null;
        }
    }

    /** Cuts off a thread that hangs where no time-out reaches: while it writes. */
    void cutIfLate() {
        Deadline until = busyUntil;
        RedisConnection open = connection;
        if (until != null && open != null && until.leftNanos() < 0) {
            open.close();
        }
    }

    /**
     * By who has taken it: asks for all calls, and answers each.
     *
     * @return whether the lane is still the caller's; if not, its connection was lost
     */
    boolean ask(List<Call> calls, Deadline deadline) {
        RedisFailure lost = null;
        boolean isDone = false;
        busyUntil = deadline;
        try {
            RedisConnection open = connection;
            List<Question> questions = writer.questions(calls);
            lost = open == null
                    ? failAll(questions, new RedisFailure("the connection was closed"))
                    : askOn(open, questions, deadline);
            isDone = true;
        } finally {
            busyUntil = null;
            if (!isDone) {
                // After an Error. A lane that nobody gives back would be lost for good, and those who wait with it.
                lost = new RedisFailure("the thread that asked for all has died");
            }
            if (lost != null) {
                lose(lost);
                for (Call call : calls) {
                    call.failed(lost);
                }
            }
        }
        return lost == null;
    }

    /**
     * Asks on a connection that the caller has for itself, and answers each question.
     *
     * @return why the connection must not be used again; null: it may
     */
    static @Nullable RedisFailure askOn(RedisConnection connection, List<Question> questions, Deadline deadline) {
        RedisFailure refusal = null;
        int told = 0;
        try {
            List<@Nullable Object> replies = replies(connection, questions, deadline);
            for (; told < replies.size(); told++) {
                RedisFailure failure = tell(questions.get(told), replies.get(told));
                refusal = refusal == null ? failure : refusal;
            }
            return refusal;
        } catch (RuntimeException e) {
            return failAll(
                    questions.subList(told, questions.size()),
                    e instanceof RedisFailure known ? known : new RedisFailure(e.toString(), e));
        }
    }

    private static RedisFailure failAll(List<Question> questions, RedisFailure reason) {
        questions.forEach(question -> question.failed(reason));
        return reason;
    }

    /** Once: what was not answered may have been done. But a script that Redis does not know was not. */
    private static List<@Nullable Object> replies(
            RedisConnection connection, List<Question> questions, Deadline deadline) {
        List<RedisCommand> commands = new ArrayList<>(questions.size());
        questions.forEach(question -> add(commands, question, question.command()));
        Iterator<@Nullable Object> all = connection.ask(commands, deadline).iterator();
        List<@Nullable Object> replies = new ArrayList<>(questions.size());
        for (Question question : questions) {
            Object reply = replyTo(question, all);
            RedisCommand withScript =
                    reply instanceof RedisFailure failure && failure.isNoScript() ? question.withScript() : null;
            if (withScript != null) {
                List<RedisCommand> again = new ArrayList<>(2);
                add(again, question, withScript);
                reply = replyTo(question, connection.ask(again, deadline).iterator());
            }
            replies.add(reply);
        }
        return replies;
    }

    private static void add(List<RedisCommand> commands, Question question, RedisCommand command) {
        if (question.slot().isAsked()) {
            commands.add(ASKING);
        }
        commands.add(command);
    }

    private static @Nullable Object replyTo(Question question, Iterator<@Nullable Object> replies) {
        Object reply = replies.next();
        return question.slot().isAsked() ? replies.next() : reply;
    }

    /** Returns what Redis says if it does not decide now; null: it does. */
    private static @Nullable RedisFailure tell(Question question, @Nullable Object reply) {
        if (reply instanceof RedisFailure failure) {
            question.failed(failure);
            return question.needsAnswer() && !failure.isAboutKeys() ? failure : null;
        }
        question.answered(reply);
        return null;
    }

    private void lose(RedisFailure reason) {
        RedisConnection lost = connection;
        connection = null;
        use.set(Use.DOWN);
        if (lost != null) {
            lost.close();
        }
        listener.down(this, reason);
    }
}
