package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/guide/policies.md says is so. */
class PoliciesGuideTest {

    private static final Map<String, String> FROM_FILE = Map.of("policies", "/WEB-INF/policies.properties");
    private static final int NOT_FOUND = 404; // no servlet: the request was admitted and found nothing
    private static final int TOO_MANY = 429;

    @TempDir
    private Path directory;

    private GuidePage page;

    @BeforeEach
    void read() throws Exception {
        page = GuidePage.of("policies.md");
    }

    private TestServer deploy(String policies) throws Exception {
        return page.deploy(directory, FROM_FILE, policies).start();
    }

    private static String names(HttpResponse<String> answer) {
        return answer.headers().firstValue("RateLimit").orElse("").replaceAll("\"([^\"]*)\"[^,]*", "$1");
    }

    @Test
    void the_first_example_holds_each_request_by_its_policies() throws Exception {
        try (TestServer server = page.deploy(directory, page.example("exempt", "10.1.2.3, GET /health, /static/**"))
                .start()) {
            assertThat(names(server.send("POST", "/login"))).isEqualTo("login");
            assertThat(names(server.get("/login"))).isEmpty();
            assertThat(names(server.get("/api/orders"))).isEqualTo("burst, sustained");
            assertThat(names(server.get("/api/status"))).isEmpty();
            assertThat(names(server.get("/api/ping"))).isEmpty();
            assertThat(names(server.get("/static/logo.svg"))).isEmpty();
            assertThat(server.get("/api/search/mugs").headers().firstValue("RateLimit"))
                    .hasValueSatisfying(field -> assertThat(field).startsWith("\"burst\";r=14;"));
            for (int i = 0; i < 4; i++) {
                assertThat(server.send("POST", "/login").statusCode()).isNotEqualTo(TOO_MANY);
            }
            assertThat(server.send("POST", "/login").statusCode()).isEqualTo(TOO_MANY);
        }
    }

    @Test
    void who_is_beyond_his_own_limit_takes_nothing_from_all_together() throws Exception {
        String example = page.texts("properties").stream()
                .filter(text -> text.contains("global"))
                .findFirst()
                .orElseThrow()
                .replace("2000/1s token-bucket burst=500", "3/1h")
                .replace("100/1m", "2/1h")
                .concat("api.client = header:X-Key\napi.ip-limits = 100/1h\n");
        try (TestServer server = deploy(example)) {
            assertThat(server.get("/api/x", "X-Key", "ann").statusCode()).isEqualTo(NOT_FOUND);
            assertThat(server.get("/api/x", "X-Key", "ann").statusCode()).isEqualTo(NOT_FOUND);
            assertThat(server.get("/api/x", "X-Key", "ann").statusCode()).isEqualTo(TOO_MANY);
            assertThat(server.get("/api/x", "X-Key", "bob").statusCode()).isEqualTo(NOT_FOUND);
            assertThat(server.get("/api/x", "X-Key", "cid").statusCode()).isEqualTo(TOO_MANY);
        }
    }

    @Test
    void a_class_of_the_example_finds_the_tier() throws Exception {
        String example = page.texts("properties").stream()
                .filter(text -> text.contains("PaidPlans"))
                .findFirst()
                .orElseThrow();
        try (TestServer server = page.application(directory, example)
                .filter((request, response, chain) -> {
                    request.setAttribute("com.example.verified-tenant", request.getParameter("tenant"));
                    chain.doFilter(request, response);
                })
                .filter("RateLimitFilter", FROM_FILE)
                .start()) {
            assertThat(server.get("/api/x?tenant=acme").headers().firstValue("RateLimit-Policy"))
                    .hasValue("\"api\";q=1000;w=60");
            assertThat(server.get("/api/x?tenant=other").headers().firstValue("RateLimit-Policy"))
                    .hasValue("\"api\";q=100;w=60");
        }
    }

    @Test
    void every_row_of_the_table_of_templates_is_so() throws Exception {
        List<List<String>> rows = page.table("| template | has | has not |");
        assertThat(rows).hasSizeGreaterThan(4);
        for (List<String> row : rows) {
            try (TestServer server = deploy("api.limits = 100/1h\napi.match = " + GuidePage.code(row.get(0)) + "\n")) {
                for (String path : paths(row.get(1))) {
                    assertThat(names(server.get(path))).as(row + " " + path).isEqualTo("api");
                }
                for (String path : paths(row.get(2))) {
                    assertThat(names(server.get(path))).as(row + " " + path).isEmpty();
                }
            }
        }
    }

    private static List<String> paths(String cell) {
        List<String> paths = new ArrayList<>();
        for (String path : cell.split(", ", -1)) {
            if (path.startsWith("`")) {
                paths.add(GuidePage.code(path));
            }
        }
        return paths;
    }

    /** Some are refused by the server itself. */
    @Test
    void no_spelling_that_is_named_escapes_a_limit_or_slips_into_an_exemption() throws Exception {
        List<String> spellings = codes("**No spelling escapes a limit.**", "are all");
        assertThat(spellings).contains("/LOGIN", "/%256cogin").hasSizeGreaterThan(6);
        try (TestServer server = deploy("login.match = POST /login\nlogin.limits = 1/1h\n")) {
            server.send("POST", "/login");
            for (String path : spellings) {
                assertThat(server.send("POST", path).statusCode()).as(path).isIn(TOO_MANY, 400);
            }
        }
        List<String> lookalikes = codes("only if its path is written as the route is", "are not");
        assertThat(lookalikes).contains("/Health").hasSizeGreaterThan(2);
        try (TestServer server = page.deploy(directory, Map.of("exempt", "/health", "limits", "1/1h"), "")
                .start()) {
            server.get("/");
            assertThat(server.get("/health").statusCode()).isEqualTo(NOT_FOUND);
            for (String path : lookalikes) {
                assertThat(server.get(path).statusCode()).as(path).isEqualTo(TOO_MANY);
            }
        }
    }

    /** The paths between two phrases of the page. */
    private List<String> codes(String after, String before) throws Exception {
        String text = page.text();
        int from = text.indexOf(after);
        String[] parts = text.substring(from, text.indexOf(before, from)).split("`", -1);
        List<String> codes = new ArrayList<>();
        for (int i = 1; i < parts.length; i += 2) {
            if (parts[i].startsWith("/")) {
                codes.add(parts[i]);
            }
        }
        return codes;
    }

    @Test
    void every_message_is_the_one_that_comes() throws Exception {
        List<List<String>> rows = page.table("| line | message |");
        assertThat(rows).hasSizeGreaterThan(10);
        for (List<String> row : rows) {
            String line = GuidePage.code(row.get(0));
            // What is not under test must be right.
            boolean aboutTiers = line.contains("api.tier ") && !row.get(1).contains("none has limits");
            String rest = aboutTiers ? "\napi.limits = 1/1h\napi.tier.gold.limits = 1/1h\n" : "\napi.limits = 1/1h\n";
            try (TestServer server =
                    page.deploy(directory, FROM_FILE, line.startsWith("api.limits") ? line : line + rest)) {
                assertThatThrownBy(server::start)
                        .as(line)
                        .isInstanceOf(ServletException.class)
                        .hasMessageContaining("policies.properties, line 1: ")
                        .hasMessageContaining(GuidePage.code(row.get(1)));
            }
        }
    }
}
