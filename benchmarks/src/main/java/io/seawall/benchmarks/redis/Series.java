package io.seawall.benchmarks.redis;

import io.seawall.benchmarks.Quartiles;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The rounds of one contestant. Round by round, those of one contest belong together. */
record Series(String title, Contender contender, List<Figures> rounds) {

    Quartiles of(ToDoubleFunction<Figures> figure) {
        return new Quartiles(rounds.stream().mapToDouble(figure));
    }

    /** How many times that of another one it is. */
    Quartiles ratio(Series other, ToDoubleFunction<Figures> figure) {
        return new Quartiles(IntStream.range(0, rounds.size())
                .mapToDouble(round ->
                        figure.applyAsDouble(rounds.get(round)) / figure.applyAsDouble(other.rounds.get(round))));
    }
}
