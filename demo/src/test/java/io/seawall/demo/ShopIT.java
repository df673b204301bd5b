package io.seawall.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shop while all is well: one demo for all tests, which together stay below its limit. */
class ShopIT {

    private static DemoProcess demo;

    @BeforeAll
    static void open() {
        demo = DemoProcess.start();
    }

    @AfterAll
    static void close() {
        if (demo != null) {
            demo.close();
        }
    }

    @Test
    void products_are_listed_with_price_and_stock() {
        HttpResponse<String> answer = demo.products();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body())
                .contains("{\"id\":\"mug\",\"name\":\"Harbour mug\",\"priceCents\":1250,\"stock\":120}");
    }

    @Test
    void who_has_the_products_is_told_that_they_are_the_same() {
        HttpResponse<String> answer = demo.products();
        String tag = answer.headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> again =
                demo.send(HttpRequest.newBuilder(demo.shop("/api/products")).header("If-None-Match", tag));

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(List.of(answer, again))
                .allSatisfy(each -> assertThat(each.headers().allValues("Cache-Control"))
                        .containsExactly("max-age=10, stale-while-revalidate=30, stale-if-error=600"));
    }

    @Test
    void a_checkout_is_paid() {
        HttpResponse<String> answer = demo.checkout();

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).matches("\\{\"order\":\"[0-9a-f-]{36}\",\"status\":\"paid\"}");
    }

    @Test
    void an_admitted_answer_tells_what_is_left() {
        HttpResponse<String> answer = demo.products();

        assertThat(answer.headers().firstValue("RateLimit-Policy"))
                .contains("\"default\";q=100;w=60, \"address\";q=200;w=60");
        assertThat(answer.headers().firstValue("RateLimit"))
                .get()
                .asString()
                .matches("\"default\";r=\\d\\d;t=\\d+, \"address\";r=1\\d\\d;t=\\d+");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"product":"mug"}                           | quantity
            {"product":"mug","quantity":0}              | quantity
            {"product":"mug","quantity":101}            | quantity
            {"product":"mug","quantity":1.5}            | quantity
            {"product":"mug","quantity":"2"}            | quantity
            {"product":"mug","quantity":99999999999999} | quantity
            {"product":"mug","quantity":1e999999}       | quantity
            {"quantity":2}                              | product
            {"product":7,"quantity":2}                  | product
            {"product":"","quantity":2}                 | product
            []                                          | body
            {"product":                                 | body
            hello                                       | body
            """)
    void a_checkout_that_breaks_a_rule_is_told_the_field_and_the_rule(String json, String field) {
        HttpResponse<String> answer = demo.checkout(json);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"field\":\"" + field + "\"", "\"rule\":\"must be ");
    }

    @Test
    void a_checkout_of_an_unknown_product_is_not_found() {
        assertProblem(demo.checkout("{\"product\":\"anchor\",\"quantity\":1}"), 404);
    }

    @Test
    void a_checkout_that_is_too_long_is_refused_unread() {
        assertProblem(demo.checkout("{\"product\":\"" + "m".repeat(5000) + "\",\"quantity\":1}"), 413);
    }

    @Test
    void a_checkout_that_is_no_json_is_refused() {
        HttpRequest.Builder form = HttpRequest.newBuilder(demo.shop("/api/checkout"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("product=mug&quantity=2"));

        assertProblem(demo.send(form), 415);
    }

    @Test
    void what_is_not_there_is_a_problem_document_too() {
        assertProblem(demo.send(HttpRequest.newBuilder(demo.shop("/api/nothing"))), 404);
        assertProblem(demo.send(HttpRequest.newBuilder(demo.shop("/api/checkout"))), 405);
        assertProblem(demo.send(HttpRequest.newBuilder(demo.shop("/error"))), 404);
    }

    @Test
    void what_is_counted_is_there_for_prometheus() {
        demo.checkout();

        HttpResponse<String> answer = demo.send(HttpRequest.newBuilder(demo.shop("/metrics")));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        assertThat(answer.body())
                .containsPattern("(?m)^seawall_calls_total\\{target=\"payments\"} [1-9]")
                .contains("seawall_breaker_state{state=\"closed\",target=\"payments\"} 1.0")
                .containsPattern("(?m)^seawall_limit_decisions_total\\{by=\"store\",filter=\"RateLimitFilter\","
                        + "outcome=\"allowed\",policy=\"default\"} [1-9]")
                .doesNotContain("127.0.0.1");
    }

    @Test
    void a_load_balancer_is_told_that_it_is_ready() {
        HttpResponse<String> answer = demo.send(HttpRequest.newBuilder(demo.shop("/health/ready")));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"status\":\"UP\"");
    }

    @Test
    void the_console_is_where_the_demo_says() {
        HttpResponse<String> page = demo.get(demo.console(""));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(demo.get(demo.console("api/state")).body()).contains("\"name\":\"payments\"", "\"mayAct\":true");
    }

    @Test
    void every_address_that_the_demo_prints_answers() {
        List<String> addresses = Pattern.compile("http://localhost:\\d+/[\\w/]+")
                .matcher(demo.output()
                        .lines()
                        .takeWhile(line -> !line.startsWith("Try"))
                        .collect(Collectors.joining("\n")))
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(addresses)
                .hasSize(3)
                .allSatisfy(address -> assertThat(demo.get(URI.create(address)).statusCode())
                        .as(address)
                        .isEqualTo(200));
    }

    private static void assertProblem(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"status\":" + status);
    }
}
