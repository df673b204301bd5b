package io.seawall.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.storm.backend.Outage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StormOptionsTest {

    @Test
    void without_options_the_whole_story_is_told_in_less_than_five_minutes() throws BadOptionException {
        StormOptions options = StormOptions.parse(List.of());

        assertThat(options.chapters().stream().map(Chapter::name))
                .containsExactly("article-found", "backoff-jitter", "breaker", "rate-limit", "all-of-seawall");
        assertThat(options.clients()).isEqualTo(1_000);
        assertThat(options.period()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.seconds()).isEqualTo(43);
        assertThat(options.figures()).isEqualTo(Path.of("storm.json"));
    }

    @Test
    void every_option_is_understood() throws BadOptionException {
        assertThat(StormOptions.parse(List.of(
                        "--runs all-of-seawall,article-found --clients 300 --rate 30 --client-retries 0 --outage refuse"
                                .concat(" --before 4 --down 6 --after 12 --report out/r.html --pictures out --help")
                                .split(" "))))
                .isEqualTo(new StormOptions(
                        List.of("article-found", "all-of-seawall"),
                        300,
                        30,
                        0,
                        Outage.REFUSE,
                        4,
                        6,
                        12,
                        Path.of("out/r.html"),
                        Path.of("out"),
                        true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --rnus all              | There is no option '--rnus'
                    all                     | There is no option 'all'
                    --runs                  | --runs has no value: write for example --runs article-found,all-of-seawall.
                    --runs storm            | --runs has 'storm': the runs are article-found, backoff-jitter, breaker, rate-limit, all
                    --clients 9             | --clients is '9': use a whole number from 10 to 10000.
                    --rate fast             | --rate is 'fast': use a whole number from 10 to 500.
                    --client-retries 6      | --client-retries is '6': use a whole number from 0 to 5.
                    --outage fire           | --outage is 'fire': use hang or refuse.
                    --down --help           | --down has no value: write for example --down 15.
                    --down 61               | --down is '61': use a whole number from 3 to 60.
                    --clients 10000         | --clients is 10000 and --rate is 100: each client would ask every 100000 ms
                    --clients 10            | --clients is 10 and --rate is 100: each client would ask every 100 ms
                    --down 60               | 5 runs of 88 s, and what is around them, would take 515 s: a replay takes 300 s at most
                    --report storm.json     | --report is 'storm.json': its figures go into a .json file beside it
                    --report src            | --report is 'src': it or the .json file beside it is a directory
                    --rate 500 --clients 5000 | The backend could get 1960000 requests: 1000000 is the most
                    """)
    void a_bad_option_is_told_with_the_fix(String line, String message) {
        assertThatThrownBy(() -> StormOptions.parse(List.of(line.strip().split(" "))))
                .isInstanceOf(BadOptionException.class)
                .hasMessageStartingWith(message);
    }
}
