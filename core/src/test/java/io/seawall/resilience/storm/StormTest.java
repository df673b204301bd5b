package io.seawall.resilience.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.resilience.circuitbreaker.BreakerPolicy;
import io.seawall.resilience.circuitbreaker.FailureRule;
import io.seawall.resilience.circuitbreaker.OpenPeriod;
import io.seawall.resilience.retry.RetryPolicy;
import io.seawall.resilience.storm.Backend.Outage;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The storm of the article: what its retries make of a backend that is down for two minutes, and what those of Seawall do. The
 * figures are in the output, and in {@code docs/design/resilience.md}.
 */
class StormTest {

    /** Without a circuit, who is not well soon after the outage will not be. */
    private static final int SOON = Storm.BACK + 30;

    /** As long as an open period that is doubled twice. */
    private static final int LATER = Storm.BACK + 120;

    /** 10 % and, for each node, one a second: over ten seconds, which is what a budget looks back on. */
    private static final double BUDGET = 1.1 + (double) Storm.NODES / Storm.CALLS_PER_SECOND;

    /** In a single second, a node may make all those retries that it has for each second of the ten. */
    private static final double BUDGET_OF_A_SECOND = 1.1 + 10.0 * Storm.NODES / Storm.CALLS_PER_SECOND;

    @ParameterizedTest
    @EnumSource
    void retries_that_are_made_at_once_are_three_for_every_call(Outage outage) {
        Course course = print(outage, "the article", new Storm(outage, SOON).ofArticle());

        assertThat(course.amplification(Storm.DOWN, Storm.BACK)).isGreaterThan(3.9);
        // Where it hangs, its queue is full of what nobody waits for any more, and the retries keep it full.
        assertThat(course.wellFrom()).isEqualTo(outage == Outage.HANGS ? course.end() : Storm.BACK);
        assertThat(course.answeredFrom(Storm.BACK))
                .isEqualTo(outage == Outage.HANGS ? 0 : (SOON - Storm.BACK) * Storm.CALLS_PER_SECOND);
    }

    @ParameterizedTest
    @EnumSource
    void backoff_and_jitter_alone_do_not_help(Outage outage) {
        Course course = print(
                outage,
                "2 retries with back-off and jitter",
                new Storm(outage, SOON)
                        .ofPipelines(node -> node.retry(RetryPolicy.defaults()).noBudget()));

        assertThat(course.amplification(Storm.DOWN, Storm.BACK)).isGreaterThan(2.9);
        assertThat(course.wellFrom()).isEqualTo(outage == Outage.HANGS ? course.end() : Storm.BACK);
    }

    @ParameterizedTest
    @EnumSource
    void a_budget_holds_at_every_instant_and_lets_the_backend_come_back(Outage outage) {
        Course course = print(
                outage,
                "**Seawall**, its budget without its breaker",
                new Storm(outage, SOON).ofPipelines(node -> node.retry(RetryPolicy.defaults())));

        assertThat(course.peakAmplification(10)).isLessThanOrEqualTo(BUDGET);
        assertThat(course.peakAmplification(1)).isLessThanOrEqualTo(BUDGET_OF_A_SECOND);
        // What hung is worked off first: 4,500 requests, while 1,100 more come each second and 1,500 go.
        assertThat(course.wellFrom()).isBetween(Storm.BACK, Storm.BACK + (outage == Outage.HANGS ? 10 : 0));
    }

    @ParameterizedTest
    @EnumSource
    void a_plain_pipeline_makes_no_storm_and_the_first_trial_after_the_outage_ends_it(Outage outage) {
        Course course = print(
                outage,
                "**Seawall**, as it is",
                new Storm(outage, LATER)
                        .ofPipelines(node -> node.retry(RetryPolicy.defaults()).breaker(BreakerPolicy.defaults())));

        assertThat(course.peakAmplification(1)).isLessThanOrEqualTo(BUDGET);
        assertThat(course.amplification(Storm.DOWN, Storm.BACK)).isLessThan(0.02);
        assertThat(course.trialsFrom(Storm.BACK)).isEqualTo(Storm.NODES);
        assertThat(course.wellFrom()).isEqualTo(course.lastClosed() + 1);
        // Trials every minute at least, and a tenth more by chance.
        assertThat(course.lastClosed()).isBetween(Storm.BACK, Storm.BACK + 67);
    }

    @ParameterizedTest
    @EnumSource
    void the_longest_open_period_is_the_longest_that_an_outage_is_outlived(Outage outage) {
        OpenPeriod open = new OpenPeriod(Duration.ofSeconds(1), Duration.ofSeconds(5));
        BreakerPolicy breaker = new BreakerPolicy(FailureRule.defaults(), null, open, 1, List.of());
        Course course = print(
                outage,
                "**Seawall**, open for 1 to 5 s",
                new Storm(outage, LATER)
                        .ofPipelines(node -> node.retry(RetryPolicy.defaults()).breaker(breaker)));

        assertThat(course.peakAmplification(1)).isLessThanOrEqualTo(BUDGET);
        assertThat(course.trialsFrom(Storm.BACK)).isEqualTo(Storm.NODES);
        assertThat(course.wellFrom()).isEqualTo(course.lastClosed() + 1);
        assertThat(course.lastClosed()).isBetween(Storm.BACK, Storm.BACK + 6);
    }

    @SuppressWarnings("SystemOut") // the report
    private static Course print(Outage outage, String retries, Course course) {
        int wellFrom = course.wellFrom();
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.2f | %.2f | %.3f | %s |%n",
                outage == Outage.REFUSES ? "refuses" : "hangs",
                retries,
                course.peakAmplification(1),
                course.peakAmplification(10),
                course.amplification(Storm.DOWN, Storm.BACK),
                wellFrom == course.end() ? "never" : wellFrom - Storm.BACK + " s");
        return course;
    }
}
