package io.seawall.interceptors.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.interceptors.transaction.NewTransactionBean.Outcome;
import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import org.junit.jupiter.api.Test;

/** What an attempt has come to, on its way through the container. That transactions begin and end, real servers show. */
class NewTransactionBeanTest {

    @Test
    void what_was_returned_is_returned_also_if_it_is_nothing() throws Exception {
        assertThat(new Outcome("result", null).unwrap()).isEqualTo("result");
        assertThat(new Outcome(null, null).unwrap()).isNull();
    }

    @Test
    void what_was_thrown_is_thrown_as_it_was() {
        for (Throwable thrown :
                new Throwable[] {new IOException(), new IllegalStateException(), new AssertionError()}) {
            assertThatThrownBy(() -> new Outcome(null, thrown).unwrap()).isSameAs(thrown);
        }
    }

    @Test
    void a_throwable_of_neither_kind_is_no_result() {
        Throwable raw = new Throwable();

        assertThatThrownBy(() -> new Outcome(null, raw).unwrap())
                .isInstanceOf(UndeclaredThrowableException.class)
                .hasCause(raw);
    }
}
