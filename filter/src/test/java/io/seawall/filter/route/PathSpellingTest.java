package io.seawall.filter.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.test.Property;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathSpellingTest {

    /** What hostile paths are made of. */
    private static final String[] PARTS = {
        "/", "/", "a", "B", ".", "..", ";", "\\", "%", "%2", "2", "5", "25", "%25", "e", "%2e", "%2F", "%5c", "%c3%a9",
        "é", "ß", "\0", "#", "?", "\uFFFD", "\u0130", " ", "%00", "%3b"
    };

    static String hostile(RandomGenerator random) {
        StringBuilder path = new StringBuilder("/");
        for (int parts = random.nextInt(12); parts > 0; parts--) {
            path.append(PARTS[random.nextInt(PARTS.length)]);
        }
        return path.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/login",
                "/login/",
                "/api/orders/42",
                "/a.b",
                "/...",
                "/.well-known/x",
                "/a..b/..c/d..",
                "/x./.y/z",
                "/a\u00a0b",
                "/a b",
                "/~a",
                "/caf\u00e9",
                "/a:b@c,d=e!$&'()*+"
            })
    void a_path_is_plain(String path) {
        assertThat(PathSpelling.isPlain(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "login",
                "//",
                "//login",
                "/a//b",
                "/a//",
                "/.",
                "/..",
                "/./a",
                "/../a",
                "/a/.",
                "/a/..",
                "/a/./b",
                "/a/../b",
                "/a;b",
                "/;",
                "/a\\b",
                "/a%b",
                "/a%2eb",
                "/%",
                "/a?b",
                "/a#b",
                "/a\0",
                "/a\tb",
                "/a\u007f",
                "/a\u0085b",
                "/a\u009f",
                "/a\uFFFD"
            })
    void a_path_is_not_plain(String path) {
        assertThat(PathSpelling.isPlain(path)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/login",
                "/a%20b",
                "/~a",
                "/a%E2%80%93b",
                "/caf%c3%a9",
                "/caf%C3%A9/",
                "/%7Bid%7D",
                "/%22%3C%3e%5b%5D%5e%60%7c"
            })
    void a_uri_is_plain_when_only_what_needs_it_is_escaped(String uri) {
        assertThat(PathSpelling.isPlainUri(uri)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/%6cogin",
                "/%41",
                "/%7e",
                "/%2d",
                "/%2e",
                "/%2E%2e",
                "/a/%2e%2e/b",
                "/a%2fb",
                "/a%5Cb",
                "/a%3bb",
                "/a%3fb",
                "/a%23b",
                "/a%25b",
                "/a%2565",
                "/a%00",
                "/a%0a",
                "/a%7f",
                "/a%",
                "/a%4",
                "/a%c",
                "/a%zz",
                "/a%+1",
                "/a%2g",
                "/a;b",
                "/a//b",
                "/a/../b",
                "/a\\b",
                "/caf\u00e9",
                "/a%3Ab"
            })
    void a_uri_is_not_plain(String uri) {
        assertThat(PathSpelling.isPlainUri(uri)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/login,             /login",
        "/%6cogin,           /login",
        "/%6Cogin,           /login",
        "/%256cogin,         /login",
        "/%25256cogin,       /login",
        "/%%36cogin,         /login",
        "/%2%35%36cogin,     /login",
        "/%252525252525256cogin, /login",
        "/a%2fb,             '/a\\b'",
        "/a%252Fb,           '/a\\b'",
        "/a%5cb,             '/a\\b'",
        "/%2e%2e/a,          /../a",
        "/a%3bb,             /a;b",
        "/100%,              /100%",
        "/100%2,             /100%2",
        "/100%zz,            /100%zz",
        "/%2g%6c,            /%2gl",
        "/%c3%a9,            /\u00c9",
        "/%25c3%25A9,        /\u00c9",
        "/\u00e9%63,         /\u00c9C",
        "/stra\u00dfe,       /STRASSE",
        "/\ufb01le,          /FILE",
        "/%ff,               /\uFFFD",
    })
    void a_path_is_unfolded(String path, String unfolded) {
        assertThat(PathSpelling.unfold(path)).isEqualTo(unfolded);
    }

    @Test
    void what_is_unfolded_stays_as_it_is() {
        Property.holds(20_000, random -> {
            String unfolded = PathSpelling.unfold(hostile(random));
            assertThat(PathSpelling.unfold(unfolded)).isEqualTo(unfolded);
        });
    }

    @Test
    void a_plain_ascii_path_is_not_copied() {
        String path = "/api/Orders/42";
        assertThat(PathSpelling.unfold(path)).isSameAs(path);
    }

    @Test
    void case_is_the_same_in_every_language() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertThat("LOGIN".toLowerCase(Locale.getDefault()))
                    .as("Turkish at work")
                    .isNotEqualTo("login");
            for (char i : "iI\u0130\u0131".toCharArray()) {
                assertThat(PathSpelling.foldCase(i)).isEqualTo('i');
            }
            assertThat(PathSpelling.unfold("/i\u0131\u00e9")).isEqualTo("/II\u00c9");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void letters_are_folded_in_both_directions_and_nothing_else_is() {
        assertThat(PathSpelling.foldCase('\u212a')).as("Kelvin").isEqualTo('k');
        assertThat(PathSpelling.foldCase('\u017f')).as("long s").isEqualTo('s');
        assertThat(PathSpelling.foldCase('\u03c2')).as("final sigma").isEqualTo('\u03c3');
        for (char c : "@[`{/\\09-_.".toCharArray()) {
            assertThat(PathSpelling.foldCase(c)).isEqualTo(c);
        }
        for (int c = 0; c < 0x80; c++) {
            assertThat(PathSpelling.foldCase((char) c)).isEqualTo((char) Character.toLowerCase(c));
        }
    }
}
