package io.seawall.filter.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request that somebody has described, who may be anybody. */
class RequestDescriptionTest {

    private static final ServletContext SHOP = (ServletContext) Proxy.newProxyInstance(
            RequestDescriptionTest.class.getClassLoader(),
            new Class<?>[] {ServletContext.class},
            (proxy, method, arguments) -> method.getName().equals("getContextPath") ? "/shop" : null);

    private static final RequestDescription PLAIN = RequestDescription.of("GET", "/orders", "192.0.2.1");

    @Test
    void a_described_request_answers_what_is_described() {
        HttpServletRequest request = PLAIN.withQuery("a=b+c&a=%64&empty")
                .withHeader("X-Api-Key", "8f3a")
                .withHeader("x-api-key", "second")
                .withHeader("Cookie", "visitor=7; =x; theme=\"dark\"; bad name=1; visitor=8")
                .withPrincipal("ada", "gold")
                .withAttribute("tenant", "acme")
                .asRequest(SHOP);
        assertThat(request.getMethod()).isEqualTo("GET");
        assertThat(request.getRequestURI()).isEqualTo("/shop/orders");
        assertThat(request.getServletPath()).isEqualTo("/orders");
        assertThat(request.getRemoteAddr()).isEqualTo("192.0.2.1");
        assertThat(request.getHeader("X-API-KEY")).isEqualTo("8f3a");
        assertThat(Collections.list(request.getHeaders("X-Api-Key"))).containsExactly("8f3a", "second");
        assertThat(request.getHeader("Host")).isNull();
        assertThat(request.getCookies()).extracting(Cookie::getName).containsExactly("visitor", "theme", "visitor");
        assertThat(request.getCookies()[1].getValue()).isEqualTo("dark");
        assertThat(request.getUserPrincipal().getName()).isEqualTo("ada");
        assertThat(request.isUserInRole("gold")).isTrue();
        assertThat(request.isUserInRole("silver")).isFalse();
        assertThat(request.getAttribute("tenant")).isEqualTo("acme");
        assertThat(request.getParameterValues("a")).containsExactly("b c", "d");
        assertThat(request.getParameter("empty")).isEmpty();
        assertThat(request.getParameter("none")).isNull();
        assertThat(request.getSession(false)).isNull();
        assertThat(request.getContentLengthLong()).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({
        "/,/",
        "/a/b/,/a/b/",
        "/a;v=1/b;c,/a/b",
        "/a/./b/../c,/a/c",
        "/a/..,/",
        "/a%20b/%C3%A4,/a b/\u00e4",
        "/a/%2e%2e/b,",
        "/a%2Fb,",
        "/../b,",
        "/a%5cb,",
        "/a%zz,"
    })
    void a_path_is_read_as_containers_read_it_or_not_at_all(String path, String servletPath) {
        HttpServletRequest request = RequestDescription.of("GET", path, "::1").asRequest(SHOP);
        assertThat(request.getRequestURI()).isEqualTo("/shop" + path);
        if (servletPath == null) {
            assertThatIllegalArgumentException().isThrownBy(request::getServletPath);
        } else {
            assertThat(request.getServletPath()).isEqualTo(servletPath);
        }
    }

    @Test
    void what_nobody_has_described_is_not_made_up() {
        assertThatThrownBy(() -> PLAIN.asRequest(SHOP).getInputStream())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("a described request has nothing to say to getInputStream()");
        assertThatThrownBy(() -> PLAIN.asRequest(SHOP).getSession(true))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> PLAIN.asRequest(SHOP).getLocalPort())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET      | orders       | 192.0.2.1 | the path is 'orders'
            GET      | /a?b=c       | 192.0.2.1 | without the query
            GET      | '/a b'       | 192.0.2.1 | as it is sent
            'G T'    | /            | 192.0.2.1 | the method is 'G T'
            ''       | /            | 192.0.2.1 | for example GET
            GET      | /            | ''        | the address is ''
            GET      | /            | '1.2 .3'  | for example 192.0.2.1
            """)
    void what_no_request_can_be_is_refused_with_what_to_write(
            String method, String path, String address, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RequestDescription.of(method, path, address))
                .withMessageContaining(message);
    }

    @Test
    void a_description_is_bounded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RequestDescription.of("GET", "/" + "a".repeat(20_000), "192.0.2.1"))
                .withMessageContaining("20013 characters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RequestDescription(
                        "GET",
                        "/",
                        null,
                        "192.0.2.1",
                        Map.of("A", Collections.nCopies(300, "")),
                        null,
                        Set.of(),
                        Map.of()))
                .withMessageContaining("300 headers, roles and attributes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PLAIN.withHeader("A", "b".repeat(20_000)))
                .withMessageContaining("at most 16384");
    }

    /** Not what is in it: it may be a secret. */
    @Test
    void a_header_that_is_none_is_named() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PLAIN.withHeader("X Key", "tops3cret"))
                .withMessageContaining("'X Key'")
                .withMessageNotContaining("tops3cret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PLAIN.withHeader("X-Key", "tops3cret\r\nSet-Cookie: x"))
                .withMessageContaining("'X-Key' has a control character")
                .withMessageNotContaining("tops3cret");
    }

    @Test
    void headers_whose_names_differ_in_case_are_one() {
        RequestDescription description = new RequestDescription(
                "GET",
                "/",
                null,
                "192.0.2.1",
                Map.of("X-Key", List.of("a"), "x-key", List.of("b")),
                null,
                Set.of(),
                Map.of());
        assertThat(description.headers()).hasSize(1);
        assertThat(description.headers().get("X-KEY")).containsExactlyInAnyOrder("a", "b");
    }
}
