package io.seawall.benchmarks.redis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Contestants that take turns, round by round, so that whatever else the machine does hits all of them alike. */
final class Contest implements AutoCloseable {

    private final RedisInstallation installation;
    private final List<Contestant> contestants = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();

    private record Entry(String title, Contestant contestant, Load load, List<Figures> rounds) {}

    Contest(RedisInstallation installation) {
        this.installation = installation;
    }

    /** Starts a contender. */
    Contestant start(Contender contender) throws IOException, InterruptedException {
        return added(new Contestant(contender, new LoadJvm(contender), installation.start()));
    }

    /** Has a contestant that was started ask another Redis, as one more contestant. */
    Contestant startOnAnotherRedis(Contestant started) throws IOException, InterruptedException {
        return added(started.on(installation.start()));
    }

    private Contestant added(Contestant contestant) {
        contestants.add(contestant);
        return contestant;
    }

    /** Has all clients of a load known to Redis, and the JVM warm, before there are rounds. */
    void enter(String title, Contestant contestant, Load load, long warmUpMillis)
            throws IOException, InterruptedException {
        contestant.run(load.filling());
        contestant.run(load.lasting(warmUpMillis));
        entries.add(new Entry(title, contestant, load, new ArrayList<>()));
    }

    /** Each round begins with another one. */
    List<Series> run(int rounds) throws IOException, InterruptedException {
        for (int round = 0; round < rounds; round++) {
            for (int turn = 0; turn < entries.size(); turn++) {
                Entry entry = entries.get((round + turn) % entries.size());
                entry.rounds.add(entry.contestant.measure(entry.load));
            }
        }
        return entries.stream()
                .map(entry -> new Series(entry.title, entry.contestant.contender(), entry.rounds))
                .toList();
    }

    @Override
    public void close() {
        contestants.forEach(Contestant::close);
    }
}
