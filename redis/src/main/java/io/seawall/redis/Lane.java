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

    /** The text of a script, the script that reads overrides, and its text. */
    private static final int MAX_OTHERS = 3;

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
     * By who has taken it: asks for all calls, and answers each. The lane is not the caller's any more afterwards.
     *
     * @param onFree called as soon as somebody else may use the lane, or nobody: before those who wait are woken, which takes long
     */
    void ask(List<Call> calls, Deadline deadline, Runnable onFree) {
        RedisFailure lost = null;
        boolean isDone = false;
        List<Question> questions = List.of();
        List<@Nullable Object> replies = List.of();
        busyUntil = deadline;
        try {
            RedisConnection open = connection;
            questions = writer.questions(calls);
            if (open == null) {
                lost = new RedisFailure("the connection was closed");
            } else {
                replies = replies(open, questions, deadline);
                lost = refusal(questions, replies);
            }
            isDone = true;
        } catch (RuntimeException e) {
            lost = e instanceof RedisFailure known ? known : new RedisFailure(e.toString(), e);
            isDone = true;
        } finally {
            busyUntil = null;
            if (!isDone) {
                // After an Error. A lane that nobody gives back would be lost for good, and those who wait with it.
                lost = new RedisFailure("the thread that asked for all has died");
            }
            if (lost == null) {
                release();
            } else {
                lose(lost);
            }
            onFree.run();
            tell(questions, replies);
            if (lost != null) {
                for (Call call : calls) {
                    call.failed(lost);
                }
            }
        }
    }

    /**
     * Asks on a connection that the caller has for itself, and answers each question.
     *
     * @throws RedisFailure if not all replies were there by the deadline
     */
    static void askOn(RedisConnection connection, List<Question> questions, Deadline deadline) {
        tell(questions, replies(connection, questions, deadline));
    }

    /** Returns what Redis says if it does not decide now; null: it does. */
    private static @Nullable RedisFailure refusal(List<Question> questions, List<@Nullable Object> replies) {
        for (int i = 0; i < replies.size(); i++) {
            if (replies.get(i) instanceof RedisFailure failure
                    && questions.get(i).needsAnswer()
                    && !failure.isAboutKeys()) {
                return failure;
            }
        }
        return null;
    }

    private static void tell(List<Question> questions, List<@Nullable Object> replies) {
        for (int i = 0; i < replies.size(); i++) {
            tell(questions.get(i), replies.get(i));
        }
    }

    private static void tell(Question question, @Nullable Object reply) {
        try {
            if (reply instanceof RedisFailure failure) {
                question.failed(failure);
            } else {
                question.answered(reply);
            }
        } catch (RuntimeException e) {
            question.failed(e instanceof RedisFailure known ? known : new RedisFailure(e.toString(), e));
        }
    }

    /** Once: what was not answered may have been done. Only what Redis says it has not done is asked in another way. */
    private static List<@Nullable Object> replies(
            RedisConnection connection, List<Question> questions, Deadline deadline) {
        List<RedisCommand> commands = new ArrayList<>(questions.size());
        questions.forEach(question -> add(commands, question, question.command()));
        Iterator<@Nullable Object> all = connection.ask(commands, deadline).iterator();
        List<@Nullable Object> replies = new ArrayList<>(questions.size());
        for (Question question : questions) {
            Object reply = replyTo(question, all);
            int others = 0;
            for (RedisCommand instead = question.instead(reply); instead != null; instead = question.instead(reply)) {
                others++;
                if (others > MAX_OTHERS || deadline.leftNanos() <= 0) {
                    throw new RedisFailure("no answer until the time-out; the last question was not asked");
                }
                List<RedisCommand> again = new ArrayList<>(2);
                add(again, question, instead);
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
