package io.seawall.filter.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any lines of {@code X-Forwarded-For}. */
class ForwardedForFuzzTest {

    @FuzzTest(maxDuration = "3s")
    void a_client_is_who_it_is_by_the_naive_reader_and_nobody_can_be_another(byte[] data) {
        String lines = new String(data, ISO_8859_1);
        HopsLaws.check(ForwardedHeader.X_FORWARDED_FOR, lines, NaiveAddresses::forwardedFor, "192.0.2.1");
    }
}
