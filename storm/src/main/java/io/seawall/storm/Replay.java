package io.seawall.storm;

import io.seawall.storm.backend.Backend;
import io.seawall.storm.clients.Clients;
import io.seawall.storm.story.Run;
import io.seawall.storm.story.Story;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Replays the story: one run after another, each with a backend and a shop of its own, and the same load. */
final class Replay {

    /** Of a client, each time: longer than the shop waits for one attempt, shorter than for all of them. */
    private static final Duration CLIENT_TIMEOUT = Duration.ofSeconds(2);

    private static final Duration WARM_UP = Duration.ofSeconds(20);

    /** To end the shop and the backend. */
    private static final Duration CLOSING = Duration.ofSeconds(1);

    /** For what must not take long. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final StormOptions options;
    private final Path shopJar;
    private final Teller out;
    private final Children children;
    private final Instant startedAt = Instant.now();
    private final List<Run> runs = new ArrayList<>();

    Replay(StormOptions options, Path shopJar, Teller out, Children children) {
        this.options = options;
        this.shopJar = shopJar;
        this.out = out;
        this.children = children;
    }

    /**
     * Runs all of it.
     *
     * @param all the time that it may take
     * @throws ReplayFailedException if a run cannot be, or the time is over; {@link #story} tells of those before it
     */
    void run(Duration all) throws ReplayFailedException, InterruptedException {
        List<Chapter> chapters = options.chapters();
        TimeLeft time = new TimeLeft(all, chapters.size(), options.underLoad().plus(CLOSING), System::nanoTime);
        for (Chapter chapter : chapters) {
            String place = "Run " + (runs.size() + 1) + " of " + chapters.size();
            out.tell("");
            out.tell(place + ", " + chapter.name() + ": " + chapter.title() + ". " + chapter.change());
            chapter.shop().forEach((name, value) -> out.tell("  " + name + "=" + value));
            runs.add(run(chapter, place, time));
            time.runIsOver();
        }
    }

    /** The runs that are over. */
    Story story() {
        return new Story(
                startedAt,
                Machine.words(),
                options.clients(),
                options.capacity().perSecond(),
                runs);
    }

    private Run run(Chapter chapter, String place, TimeLeft time) throws ReplayFailedException, InterruptedException {
        long epochNanos = System.nanoTime();
        Arrivals arrivals = new Arrivals();
        try (Backend backend = new Backend(
                        options.capacity(), arrivals, () -> (int) ((System.nanoTime() - epochNanos) / 1_000_000));
                ShopProcess shop = children.add(ShopProcess.start(shopJar, chapter.shop(), backend.address()));
                Clients clients = new Clients(shop.products(time.toSpare()), CLIENT_TIMEOUT, epochNanos)) {
            warmUp(clients, time.forWarmUp(WARM_UP));
            long loadNanos = System.nanoTime();
            long startNanos = loadNanos + StormOptions.LEAD_IN.toNanos();
            long endNanos = startNanos + TimeUnit.SECONDS.toNanos(options.seconds());
            Recorder recorder = new Recorder(startNanos, options.seconds(), System::nanoTime);
            arrivals.countIn(recorder);
            var storm = clients.storm(
                    options.clients(),
                    options.period(),
                    chapter.clients(),
                    recorder,
                    loadNanos,
                    endNanos,
                    StormOptions.GRACE);
            new Watch(recorder, backend, options, place + ", " + chapter.name(), out).run(startNanos);
            storm.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            shop.mustStillBeThere();
            return new Run(
                    chapter.name(),
                    chapter.title(),
                    chapter.change(),
                    options.before(),
                    options.before() + options.down(),
                    recorder.told(),
                    recorder.lateMillis());
        } catch (SQLException | IOException | ExecutionException | TimeoutException failure) {
            throw new ReplayFailedException("The run '" + chapter.name() + "' has failed: " + failure);
        }
    }

    private void warmUp(Clients clients, Duration atMost) throws ReplayFailedException, InterruptedException {
        out.tell("  The shop gets warm.");
        try {
            if (!clients.warmUp(atMost).get(atMost.plus(PATIENCE).toSeconds(), TimeUnit.SECONDS)) {
                throw new ReplayFailedException(
                        "The shop has given no client its products in " + atMost.toSeconds() + " s.");
            }
        } catch (ExecutionException | TimeoutException failure) {
            throw new ReplayFailedException("The shop did not get warm: " + failure);
        }
    }
}
