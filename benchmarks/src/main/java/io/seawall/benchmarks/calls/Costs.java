package io.seawall.benchmarks.calls;

import static java.util.Objects.requireNonNull;

import io.seawall.benchmarks.Quartiles;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;

/** What JMH has measured, by class and method: the iterations of all forks. */
final class Costs {

    private static final String BYTES = "gc.alloc.rate.norm";

    private final Map<String, RunResult> results = new HashMap<>();

    Costs(Collection<RunResult> measured) {
        for (RunResult result : measured) {
            String benchmark = result.getParams().getBenchmark();
            int method = benchmark.lastIndexOf('.');
            results.put(benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1), result);
        }
    }

    boolean has(String benchmark) {
        return results.containsKey(benchmark);
    }

    Quartiles nanos(String benchmark) {
        return of(benchmark, iteration -> iteration.getPrimaryResult().getScore());
    }

    Quartiles bytes(String benchmark) {
        return of(
                benchmark,
                iteration -> requireNonNull(iteration.getSecondaryResults().get(BYTES))
                        .getScore());
    }

    private Quartiles of(String benchmark, ToDoubleFunction<IterationResult> figure) {
        return new Quartiles(requireNonNull(results.get(benchmark), benchmark).getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(figure));
    }
}
