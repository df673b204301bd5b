package io.seawall.resilience.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.resilience.RejectedException;
import io.seawall.resilience.bulkhead.BulkheadPolicy;
import io.seawall.resilience.retry.RetryPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** A virtual thread that waits in Seawall lets go of the thread that carries it. */
@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualThreadsTest {

    private static final String PINNED = "jdk.VirtualThreadPinned";

    @TempDir
    private Path folder;

    /** By its name: this is compiled for Java 17. */
    private static ExecutorService virtualThreads() throws ReflectiveOperationException {
        return (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }

    @Test
    void callers_that_wait_for_a_place_for_another_attempt_or_for_their_limit_pin_nothing() throws Exception {
        ExecutorService threads = virtualThreads();
        List<RecordedEvent> pinned;
        try (Recording recording = new Recording();
                Targets targets = new Targets()) {
            Guard guard = new Guard(targets.<Callable<?>>around("virtual", Callable::call)
                    .retry(RetryPolicy.defaults())
                    .noBudget()
                    .timeout(Duration.ofMillis(50))
                    .bulkhead(new BulkheadPolicy(100, Duration.ofMillis(40)))
                    .build());
            // A class that is initialized pins whoever waits for it, once in the life of a JVM.
            crowd(guard, threads);
            recording.enable(PINNED).withThreshold(Duration.ZERO).withStackTrace();
            recording.start();
            crowd(guard, threads);
            recording.stop();
            Path file = folder.resolve("pinned.jfr");
            recording.dump(file);
            pinned = RecordingFile.readAllEvents(file);
        } finally {
            threads.shutdownNow();
        }
        assertThat(pinned)
                .filteredOn(event -> event.getEventType().getName().equals(PINNED))
                .filteredOn(event -> event.toString().contains("io.seawall"))
                .isEmpty();
    }

    /** Five hundred calls at once: for a hundred places, and half of them too slow. */
    private static void crowd(Guard guard, ExecutorService threads) throws Exception {
        List<Future<?>> calls = new ArrayList<>();
        for (int call = 0; call < 500; call++) {
            long millis = call % 100;
            calls.add(threads.submit(
                    () -> guard.call(() -> new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS))));
        }
        for (Future<?> call : calls) {
            try {
                call.get(60, TimeUnit.SECONDS);
            } catch (ExecutionException refusedOrLate) {
                assertThat(refusedOrLate).hasCauseInstanceOf(RejectedException.class);
            }
        }
    }

    @Test
    void a_storm_of_timeouts_spares_virtual_threads_too() throws Exception {
        ExecutorService threads = virtualThreads();
        try {
            TimeoutStorm storm = new TimeoutStorm(threads);
            storm.rage(Duration.ofSeconds(2));
            assertThat(storm.late()).isPositive();
        } finally {
            threads.shutdownNow();
        }
    }
}
