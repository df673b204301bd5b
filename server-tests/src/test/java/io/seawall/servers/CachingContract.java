package io.seawall.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What caches are told, as a server sends it. */
interface CachingContract extends Deployed {

    String FRESH = "max-age=60, stale-while-revalidate=30, stale-if-error=600";
    String CONTENT = "häl\u00f6\n";

    @ParameterizedTest
    @ValueSource(strings = {"bytes", "text"})
    @Proves(Feature.CACHING)
    default void who_has_an_answer_gets_304(String how) {
        if (how.equals("text")) { // of which nobody knows before the end that it is whole
            needs(Capability.LETS_FILTERS_END);
        }
        HttpResponse<String> answer = probe().getUnless("/cached/" + how, "\"another\"");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(CONTENT);
        assertTold(answer, FRESH);
        String tag = answer.headers().firstValue("ETag").orElseThrow();
        assertThat(tag).startsWith("W/\"");

        HttpResponse<String> again = probe().getUnless("/cached/" + how, tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertTold(again, FRESH);
        assertThat(again.headers().firstValue("ETag")).hasValue(tag);
        if (server().has(Capability.LETS_FILTERS_END)) { // the other one adds it by itself
            assertThat(again.headers().firstValue("Content-Length")).isNotEqualTo(Optional.of("0"));
        }
        assertThat(probe().getUnless("/cached/" + how, "\"another\"").body())
                .as("on the same connection")
                .isEqualTo(CONTENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"large", "forward", "async", "dispatch"})
    @Proves(Feature.CACHING)
    default void what_is_passed_on_has_no_name(String how) {
        HttpResponse<String> answer = probe().getUnless("/cached/" + how, "*");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(how.equals("large") ? CONTENT.repeat(10_000) : CONTENT);
        assertTold(answer, FRESH);
        assertThat(answer.headers().firstValue("ETag")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cookie", "session"})
    @Proves(Feature.CACHING)
    default void what_is_for_one_is_for_no_shared_cache(String how) {
        assertTold(probe().getUnless("/cached/" + how, "\"another\""), "private, no-cache");
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "throw"})
    @Proves(Feature.CACHING)
    default void an_error_is_not_fresh(String how) {
        HttpResponse<String> answer = probe().getUnless("/cached/" + how, "*");
        assertThat(answer.statusCode()).isEqualTo(how.equals("error") ? 503 : 500);
        assertThat(answer.body()).doesNotContain("never seen");
        assertThat(answer.headers().allValues("Cache-Control")).noneMatch(field -> field.contains("max-age"));
        assertThat(answer.headers().firstValue("ETag")).isEmpty();
    }

    @Test
    @Proves(Feature.CACHING)
    default void an_answer_that_lacks_something_is_for_no_cache() throws DeploymentFailedException {
        needs(Capability.HOT_DEPLOYMENT);
        server().deploy("shop", Path.of(System.getProperty("seawall.war")));
        try {
            HttpResponse<String> products = new Probe(server().uri("shop")).getUnless("/api/products", "*");
            assertThat(products.statusCode()).isEqualTo(200);
            assertTold(products, "no-store");
            assertThat(products.headers().firstValue("ETag")).isEmpty();
        } finally {
            server().undeploy("shop");
        }
    }

    private static void assertTold(HttpResponse<String> answer, String cacheControl) {
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly(cacheControl);
    }
}
