package io.seawall.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RetriesOffTest {

    @Test
    void retrying_is_off_from_the_begin_to_the_end() {
        assertThat(RetriesOff.here()).isFalse();
        RetriesOff off = RetriesOff.begin();
        try {
            assertThat(RetriesOff.here()).isTrue();
        } finally {
            off.end();
        }
        assertThat(RetriesOff.here()).isFalse();
    }

    @Test
    void it_stays_off_when_a_time_within_another_ends() {
        RetriesOff outer = RetriesOff.begin();
        try {
            RetriesOff inner = RetriesOff.begin();
            inner.end();
            assertThat(RetriesOff.here()).isTrue();
        } finally {
            outer.end();
        }
        assertThat(RetriesOff.here()).isFalse();
    }

    @Test
    void other_threads_retry_as_they_are_used_to() {
        RetriesOff off = RetriesOff.begin();
        try {
            assertThat(CompletableFuture.supplyAsync(RetriesOff::here).join()).isFalse();
        } finally {
            off.end();
        }
    }
}
