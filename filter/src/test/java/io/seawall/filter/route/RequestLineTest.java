package io.seawall.filter.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.test.Property;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestLineTest {

    private static boolean mayFit(String template, RequestLine line) {
        return line.mayFit(PathTemplate.parse(template));
    }

    private static boolean fitsExactly(String template, RequestLine line) {
        return line.fitsExactly(PathTemplate.parse(template));
    }

    @ParameterizedTest
    @CsvSource({
        "/shop/login,           /login,     ,               /login",
        "/shop/login,           '',         /login,         /login",
        "/shop/api/orders/42,   /api,       /orders/42,     /api/orders/{id}",
        "/shop/api/,            /api,       /,              /api/**",
        "/shop/api,             /api,       ,               /api",
        "/shop/,                '',         /,              /",
        "/shop/,                /,          ,               /",
        "/shop/,                /index.html, ,              /index.html",
        "/shop/a%20b,           /a b,       ,               /{name}",
        "/shop/caf%C3%A9,       /caf\u00e9, ,               /caf\u00e9",
        "/shop/%D1%8F/x,        '',         /\u044f/x,      /\u044f/**",
    })
    void a_usual_request_fits_letter_by_letter(String uri, String servletPath, String pathInfo, String template) {
        RequestLine line = TestRequest.toShop("GET", uri, servletPath, pathInfo).line();
        assertThat(fitsExactly(template, line)).isTrue();
        assertThat(mayFit(template, line)).isTrue();
        assertThat(mayFit("/else", line)).isFalse();
    }

    /** What the container has put in order is not spelled as it was sent. */
    @ParameterizedTest
    @CsvSource({
        "/shop/login;x,             /login",
        "/shop/login;jsessionid=1,  /login",
        "/shop//login,              /login",
        "/shop/./login,             /login",
        "/shop/a/../login,          /login",
        "/shop/a/..;/login,         /login",
        "/shop/%6cogin,             /login",
        "/shop/%2e/login,           /login",
        "/shop/a/%2e%2e/login,      /login",
        "/shop/%2flogin,            /login",
        "/shop/a%5c..%5clogin,      /login",
        "/shop;x/login,             /login",
        "//shop/login,              /login",
        "/%73hop/login,             /login",
        "/x/../shop/login,          /login",
        "/shop/login%3bx,           /login;x",
        "/shop/%256cogin,           /%6cogin",
        "/shop/login%00,            '/login\u0000'",
        "/shop/login%2fx%2f..,      /login%2fx%2f..",
        "/shop/LOGIN,               /LOGIN",
        "/shop/login/,              /login/",
        "/shop/log%C4%B1n,          '/log\u0131n'",
    })
    void no_spelling_of_a_path_escapes_a_limit_or_reaches_an_exemption(String uri, String path) {
        for (RequestLine line : List.of(
                TestRequest.toShop("GET", uri, path, null).line(),
                TestRequest.toShop("GET", uri, "", path).line())) {
            assertThat(mayFit("/login", line)).isTrue();
            assertThat(fitsExactly("/login", line)).isFalse();
        }
    }

    /** Frameworks that dispatch by the URI itself may see what the container does not. */
    @ParameterizedTest
    @CsvSource({
        "/shop/api/../login,        /login,     /api/**",
        "/shop/files/%2e%2e/login,  /login,     /files/{name}/**",
        "/shop/files/..;x/login,    /login,     /files/{name}/login",
        "/shop/a;b/login,           /a/login,   /{name}/login",
        "/shop/api//export,         /export,    /api/export",
    })
    void a_limit_on_what_the_uri_says_holds_too(String uri, String path, String template) {
        RequestLine line = TestRequest.toShop("GET", uri, path, null).line();
        assertThat(mayFit(template, line)).isTrue();
        assertThat(mayFit("/else", line)).isFalse();
        assertThat(fitsExactly(template, line)).isFalse();
        assertThat(fitsExactly(path, line)).isFalse();
    }

    /** Tomcat gives the context path as the client has written it. */
    @ParameterizedTest
    @ValueSource(strings = {"/shop;x", "/%73hop", "/x/../shop", "/./shop", "/..;/shop", "/shop/x/..", "/shop%2f.."})
    void another_spelling_of_the_context_reaches_no_exemption(String context) {
        RequestLine line = TestRequest.of("GET", "/login")
                .context(context)
                .uri(context + "/login")
                .line();
        assertThat(mayFit("/login", line)).isTrue();
        assertThat(mayFit("/else", line)).isFalse();
        assertThat(fitsExactly("/login", line)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/shopping/login", "/other/login", "/flop/login", "/shop%2flogin", "login", "*", ""})
    void a_uri_outside_of_the_context_may_be_any_path(String uri) {
        RequestLine line = TestRequest.toShop("GET", uri, "/login", null).line();
        assertThat(mayFit("/anything/at/all", line)).isTrue();
        assertThat(fitsExactly("/login", line)).isFalse();
    }

    @Test
    void a_request_without_a_uri_may_be_any_path() {
        RequestLine line = TestRequest.of("GET", "/login").uri(null).line();
        assertThat(mayFit("/anything", line)).isTrue();
        assertThat(fitsExactly("/login", line)).isFalse();
    }

    @Test
    void a_path_of_at_most_8192_characters_is_looked_at_and_a_longer_one_may_be_any() {
        String longest = "/" + "a".repeat(RequestLine.MAX_PATH - 1);
        RequestLine line = TestRequest.of("GET", longest).line();
        assertThat(mayFit("/{name}", line)).isTrue();
        assertThat(fitsExactly("/{name}", line)).isTrue();
        assertThat(mayFit("/a", line)).isFalse();
        RequestLine longer = TestRequest.of("GET", longest + "a").line();
        assertThat(mayFit("/a", longer)).isTrue();
        assertThat(fitsExactly("/{name}", longer)).isFalse();
        RequestLine longerUri =
                TestRequest.of("GET", "/a").uri(longest + "/../a").line();
        assertThat(mayFit("/b", longerUri)).isTrue();
        assertThat(fitsExactly("/a", longerUri)).isFalse();
    }

    @Test
    void an_odd_path_of_at_most_8192_characters_is_looked_at_too() {
        String longest = "/" + "a".repeat(RequestLine.MAX_PATH - 2) + ";";
        assertThat(mayFit("/b", TestRequest.of("GET", longest).line())).isFalse();
        assertThat(mayFit("/b", TestRequest.of("GET", longest).uri("/a").line()))
                .isFalse();
        RequestLine longer = TestRequest.of("GET", longest + ";").uri("/a").line();
        assertThat(mayFit("/b", longer)).isTrue();
        assertThat(fitsExactly("/a", longer)).isFalse();
    }

    /** By a filter that wraps the request, or a welcome file. */
    @Test
    void a_path_that_is_not_what_the_uri_says_is_both() {
        for (String uri : List.of("/shop/login/x", "/shop/index", "/shop/x")) {
            RequestLine line = TestRequest.toShop("GET", uri, "/login", null).line();
            assertThat(mayFit("/login", line)).isTrue();
            assertThat(mayFit(uri.substring("/shop".length()), line)).isTrue();
            assertThat(mayFit("/else", line)).isFalse();
        }
    }

    @Test
    void a_path_without_a_slash_at_its_beginning_reaches_no_exemption() {
        RequestLine line =
                TestRequest.toShop("GET", "/shoplogin", "login", null).line();
        assertThat(mayFit("/login", line)).isTrue();
        assertThat(fitsExactly("/login", line)).isFalse();
        assertThat(fitsExactly("/ogin", line)).isFalse();
    }

    @Test
    void no_context_path_is_the_root_context() {
        assertThat(fitsExactly(
                        "/login", TestRequest.of("GET", "/login").context(null).line()))
                .isTrue();
        RequestLine line =
                TestRequest.of("GET", "/login").context(null).uri("/x;/login").line();
        assertThat(mayFit("/x/login", line)).isTrue();
        assertThat(mayFit("/else", line)).isFalse();
    }

    @Test
    void where_the_container_does_not_tell_the_path_the_uri_does() {
        RequestLine line = TestRequest.toShop("GET", "/shop/api/a%2fb", null, null)
                .withoutPath()
                .line();
        assertThat(mayFit("/api/{id}", line)).isTrue();
        assertThat(mayFit("/api/a/b", line)).isTrue();
        assertThat(mayFit("/login", line)).isFalse();
        assertThat(fitsExactly("/api/{id}", line)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/shop/%2e%2e/shop/login", "/shop/..;x/shop/login", "/shop/%252e%252e%252fshop/login"})
    void where_only_the_uri_tells_the_path_it_may_lead_anywhere_by_way_of_the_parent(String uri) {
        assertThat(mayFit(
                        "/login",
                        TestRequest.toShop("GET", uri, null, null).withoutPath().line()))
                .isTrue();
    }

    @Test
    void a_context_path_may_be_given_decoded_or_as_it_is_sent() {
        for (String context : List.of("/gr\u00f6\u00dfe/x", "/gr%C3%B6%C3%9Fe/x", "/gr%c3%b6%c3%9fe/x")) {
            RequestLine line = TestRequest.of("GET", "/login")
                    .context(context)
                    .uri("/gr%C3%B6%C3%9Fe/x/login")
                    .line();
            assertThat(fitsExactly("/login", line)).as(context).isTrue();
            assertThat(mayFit("/else", line)).as(context).isFalse();
        }
        assertThat(mayFit(
                        "/",
                        TestRequest.of("GET", "/")
                                .context("/gr\u00f6\u00dfe")
                                .uri("/gr%C3%B6%C3%9Fe")
                                .line()))
                .isTrue();
    }

    @Test
    void the_root_without_a_slash_is_the_root() {
        RequestLine line = TestRequest.toShop("GET", "/shop", "", null).line();
        assertThat(mayFit("/", line)).isTrue();
        assertThat(mayFit("/login", line)).isFalse();
        assertThat(mayFit(
                        "/",
                        TestRequest.toShop("GET", "/shop;jsessionid=1", "", null)
                                .line()))
                .isTrue();
        assertThat(mayFit(
                        "/login",
                        TestRequest.toShop("GET", "/shop;jsessionid=1", "", null)
                                .line()))
                .isFalse();
    }

    @Test
    void a_path_without_a_copy_is_kept_when_nobody_doubts_it() {
        assertThat(TestRequest.toShop("GET", "/shop/login", "/login", null).line())
                .extracting("path", "otherPath")
                .containsExactly("/login", null);
    }

    /** If it did, some other path would be exempt by it. */
    @Test
    void an_exemption_has_a_path_only_in_its_one_spelling() {
        Property.holds(10_000, random -> {
            String path = PathSpellingTest.hostile(random);
            RequestLine line = TestRequest.of("GET", path).line();
            boolean exempt = fitsExactly("/**", line);
            assertThat(exempt).as(path).isEqualTo(exempt && path.equals(inOrder(path)));
            assertThat(mayFit("/**", line)).as(path).isTrue();
        });
    }

    /** Put in order by somebody who does everything that anybody does. */
    private static String inOrder(String path) {
        List<String> segments = new ArrayList<>();
        String[] parts =
                PathSpelling.unfold(path).replace('\\', '/').substring(1).split("/", -1);
        Arrays.stream(parts).limit(parts.length - 1L).forEach(part -> append(segments, part));
        String last = parts[parts.length - 1];
        if (last.isEmpty()) {
            segments.add("");
        } else {
            append(segments, last);
        }
        return "/" + String.join("/", segments);
    }

    private static void append(List<String> segments, String part) {
        int end = 0;
        while (end < part.length() && !PathSpelling.isCut(part.charAt(end))) {
            end++;
        }
        String text = part.substring(0, end);
        if (text.equals("..") && !segments.isEmpty()) {
            segments.remove(segments.size() - 1);
        } else if (!text.isEmpty() && !text.equals(".") && !text.equals("..")) {
            segments.add(text);
        }
    }

    @Test
    void what_fits_exactly_may_fit() {
        Property.holds(10_000, random -> {
            String path = PathSpellingTest.hostile(random);
            RequestLine line = TestRequest.of("GET", path).line();
            for (String template : List.of("/{x}", "/a", "/a/**", "/{x}/B", "/a/{x}")) {
                assertThat(mayFit(template, line) || !fitsExactly(template, line))
                        .as("%s %s", template, path)
                        .isTrue();
            }
        });
    }
}
