package io.seawall.storm.clients;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** Answers after some time, as it is told. */
final class ScriptedShop implements Shop {

    /** A request, and when it came. */
    record Request(int client, long atNanos) {}

    final List<Request> requests = new ArrayList<>();

    private final FakeTime time;
    private final long takesNanos;
    private final LongFunction<Answer> answers;

    /**
     * Makes a shop.
     *
     * @param takesNanos how long each answer takes
     * @param answers the answer to a request that comes at a time
     */
    ScriptedShop(FakeTime time, long takesNanos, LongFunction<Answer> answers) {
        this.time = time;
        this.takesNanos = takesNanos;
        this.answers = answers;
    }

    @Override
    public void ask(int client, long bornNanos, Consumer<Answer> answered) {
        long now = time.nanos();
        requests.add(new Request(client, now));
        time.at(now + takesNanos, () -> answered.accept(answers.apply(now)));
    }

    List<Long> times() {
        return requests.stream().map(Request::atNanos).toList();
    }
}
