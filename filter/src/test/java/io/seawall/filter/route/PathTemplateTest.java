package io.seawall.filter.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.test.Property;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathTemplateTest {

    private static boolean includes(String template, String path) {
        return PathTemplate.parse(template).includes(PathSpelling.unfold(path), PathSpelling.isPlain(path));
    }

    private static boolean isExactly(String template, String path) {
        return PathTemplate.parse(template).isExactly(path);
    }

    @ParameterizedTest
    @CsvSource({
        "/,                     /",
        "/login,                /login",
        "/api/orders,           /api/orders",
        "/api/orders/{id},      /api/orders/42",
        "/api/orders/{id},      '/api/orders/a b'",
        "/api/*/items,          /api/42/items",
        "/{a}/{b-2}/{_},        /x/y/z",
        "/**,                   /",
        "/**,                   /login",
        "/**,                   /a/b/c/",
        "/api/**,               /api",
        "/api/**,               /api/",
        "/api/**,               /api/orders/42",
        "/api/**,               /api/orders/",
        "/api/{v}/**,           /api/v1",
        "/api/{v}/**,           /api/v1/orders/42",
        "/caf\u00e9,            /caf\u00e9",
        "/cafe\u0301,           /cafe\u0301",
        "/.well-known/a~b_c-d,  /.well-known/a~b_c-d",
        "'/a:b@c!$&''()+',       '/a:b@c!$&''()+'",
    })
    void a_path_fits_letter_by_letter(String template, String path) {
        assertThat(isExactly(template, path)).isTrue();
        assertThat(includes(template, path)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/,                     /login",
        "/login,                /",
        "/login,                /logi",
        "/login,                /login2",
        "/login,                /loginx/y",
        "/login,                /login/x",
        "/login,                /x/login",
        "/api/orders/{id},      /api/orders",
        "/api/orders/{id},      /api/orders/",
        "/api/orders/{id},      /api/orders/42/items",
        "/api/*/items,          /api/items",
        "/api/*/items,          /api/1/2/items",
        "/api/**,               /",
        "/api/**,               /apis",
        "/api/**,               /apis/x",
        "/api/**,               /x/api",
        "/api/{v}/**,           /api",
        "/api/{v}/**,           /api/",
        "/app,                  /app.js",
    })
    void a_path_that_everybody_reads_alike_does_not_fit(String template, String path) {
        assertThat(isExactly(template, path)).isFalse();
        assertThat(includes(template, path)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/login,                /LOGIN",
        "/LOGIN,                /login",
        "/login,                '/log\u0131n'",
        "/login,                '/LOG\u0130N'",
        "/token,                '/to\u212aen'",
        "/caf\u00e9,            /CAF\u00c9",
        "/stra\u00dfe,          /STRASSE",
        "/strasse,              /stra\u00dfe",
        "/\u03b1\u03c3/x,       /\u0391\u03c2/X",
        "/login,                /login/",
        "/login,                /login//",
        "/api/{id},             /api/x/",
        "/api/{id}/x,           /api/ID/X",
    })
    void a_path_of_other_case_or_with_a_slash_at_its_end_is_included_and_not_exact(String template, String path) {
        assertThat(includes(template, path)).isTrue();
        assertThat(isExactly(template, path)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // parameters
        "/login,                /login;x",
        "/login,                /login;jsessionid=1/",
        "/login,                /;x/login",
        "/api/orders,           /api;v=1/orders;x=/",
        "/api/{id},             /api/;x",
        "/,                     /;x",
        // dots
        "/login,                /./login",
        "/login,                /login/.",
        "/login,                /a/../login",
        "/login,                /a/b/../../login",
        "/login,                /../login",
        "/login,                /../../login",
        "/login,                /login/x/..",
        "/login,                /a/..;x/login",
        "/login,                /a/.;x/../login",
        "/api/{id},             /api/..",
        "/api/{id},             /API/.//",
        "/api/{id}/x,           /api/../x",
        "/api/**,               /api/../login",
        "/login,                /api/../login",
        "/api/orders,           /api/x/../orders",
        "/api/x/orders,         /api/x/y/../orders",
        // slashes
        "/login,                //login",
        "/api/{id},             '/api\\'",
        "/,                     ;x/y",
        "/api/orders,           /api//orders",
        "/api/{id}/orders,      /api//orders",
        "/login,                '\\login'",
        "/login,                'login'",
        "/login,                '/a\\..\\login'",
        "/api/orders,           '/api\\orders'",
        "/api/{id},             '/api/a\\b'",
        "/api/{id},             '/api/x\\..\\..'",
        "/api/{id}/z,           '/api/x\\..\\../z'",
        // escapes that were left
        "/login,                /%6cogin",
        "/login,                /%256cogin",
        "/login,                /%25256cogin",
        "/login,                /a%2f..%2flogin",
        "/login,                /a/%2e%2e/login",
        "/login,                /a/%252e%252e%252flogin",
        "/login,                /login%3bx",
        "/login,                /login%2f",
        "/login,                /%2flogin",
        "/login,                /%5clogin",
        "/api/{id},             /api/a%2fb",
        "/api/{id}/x,           /api/a%2fb%2fc/%78",
        "/api/{id},             /api/%2e%2e",
        "/api/{id},             /api/%00",
        // ends of text
        "/login,                /login?x",
        "/login,                /login%3fx",
        "/login,                /login#x",
        "/login,                '/login\u0000'",
        "/login,                /login%00.css",
        "/login,                /login%0a",
        "/login,                /login%3fx/y",
        "/login,                /login;x/y/z",
        "/login,                /login/;x/../y",
        "/login,                /login%00/x/y",
        "/api/orders,           /api/orders;v=1/42",
        // all together
        "/users/{id}/login,     '/users/x\\..\\../login;z'",
        "/login,                //a;b/%2e%2e;c/.//LOG%2549N%00;x//",
    })
    void a_path_is_included_when_somebody_may_read_it_so(String template, String path) {
        assertThat(includes(template, path)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/login,                /a;/login",
        "/login,                /api/login;x",
        "/login,                /a;login",
        "/login,                /xlogin;",
        "/api/orders,           /api;v=1/42",
        "/api/orders,           /api/../x/y",
        "/login,                '/a\\b'",
        "/login,                /a%2flogin%2fb/c",
        "/login,                /preview/https:%2f%2fexample.org%2fa%2520b",
        "/api/export,           /api//orders",
        "/api/export,           /api/orders/a%3bb",
        "/api/{id},             /api//",
        "/a/{b}/c,              /a/c",
        "/api,                  /api/.x;",
        "/api,                  /api/x.;",
    })
    void an_odd_path_is_not_included_where_nobody_would_read_it_so(String template, String path) {
        assertThat(includes(template, path)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ""                 | begin with '/'                         | /api/orders/{id}
            login              | begin with '/'                         | /api/orders/{id}
            *.jsp              | begin with '/'                         | /api/orders/{id}
            **                 | begin with '/'                         | /api/orders/{id}
            /login/            | ends in '/'                            | with '/**' for this and all below
            /a//b              | has an empty segment                   | write one '/'
            //                 | has an empty segment                   | write one '/'
            /a/./b             | has the segment '.'                    | write the path that it leads to
            /a/../b            | has the segment '..'                   | write the path that it leads to
            /a/**/b            | has '**' before its end                | at the end only
            /**/**             | has '**' before its end                | at the end only
            /api/*             | to some one segment and to some all    | write /api/{name} for one segment, or /api/** for all below
            /*                 | to some one segment and to some all    | write /{name} for one segment, or /** for all below
            /a/x*              | has '*' in the segment 'x*'            | stand for a whole segment
            /a/***             | has '*' in the segment '***'           | stand for a whole segment
            /a/x{id}           | has '{' in the segment 'x{id}'         | stand for a whole segment
            /a/{id             | has '{' in the segment '{id'           | stand for a whole segment
            /a/id}             | has '}' in the segment 'id}'           | stand for a whole segment
            /a/{}              | has the segment '{}'                   | write {name}
            /a/{id: [0-9]+}    | has the segment '{id: [0-9]+}'         | write {name}
            /a/{*rest}         | has the segment '{*rest}'              | write {name}
            /a/{caf\u00e9}      | has the segment '{caf\u00e9}'           | write {name}
            /a\u2192b          | has '\u2192' in the segment            | or {name} for the segment
            /a/{a}{b}          | has the segment '{a}{b}'               | write {name}
            /a%20b             | has '%' in the segment 'a%20b'         | paths are compared decoded
            /a b               | has ' ' in the segment 'a b'           | or {name} for the segment
            /a,b               | has ',' in the segment 'a,b'           | write ';' between two routes
            /a=b               | has '=' in the segment 'a=b'           | or {name} for the segment
            /a;b               | has ';' in the segment 'a;b'           | or {name} for the segment
            /a?b               | has '?' in the segment 'a?b'           | or {name} for the segment
            /a\\b              | has '\\' in the segment 'a\\b'         | or {name} for the segment
            """)
    void what_is_no_template_is_refused_with_the_rule(String text, String rule, String fix) {
        assertThatThrownBy(() -> PathTemplate.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'" + text + "'", rule, fix);
    }

    @Test
    void control_characters_are_in_no_template() {
        for (String control : List.of("\0", "\t", "\n", "\u007f", "\u0085")) {
            assertThatThrownBy(() -> PathTemplate.parse("/a" + control))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("or {name} for the segment");
        }
    }

    @Test
    void a_template_has_at_most_32_segments() {
        String longest = "/a".repeat(32);
        assertThat(isExactly(longest, longest)).isTrue();
        assertThat(includes(longest + "/**", longest + "/b")).isTrue();
        assertThat(includes("/{a}".repeat(32), longest)).isTrue();
        assertThat(includes("/{a}".repeat(32), longest.substring(2))).isFalse();
        assertThatThrownBy(() -> PathTemplate.parse(longest + "/a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("more than 32 segments", "/**");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/**", "/api/orders/{id}", "/api/*/items/**"})
    void a_template_is_shown_as_it_is_written(String text) {
        assertThat(PathTemplate.parse(text)).hasToString(text);
        assertThat(PathTemplate.parse(text).isEverything()).isEqualTo(text.equals("/**"));
    }

    /** Text of templates and paths, few enough that they often meet. */
    private static String word(RandomGenerator random) {
        String[] words = {"a", "b", "login", "a.b", "caf\u00e9"};
        return words[random.nextInt(words.length)];
    }

    private static String template(RandomGenerator random) {
        String segments = Stream.generate(() -> random.nextInt(3) == 0 ? "/{x}" : "/" + word(random))
                .limit(random.nextInt(4))
                .collect(Collectors.joining());
        return segments + (segments.isEmpty() || random.nextInt(3) == 0 ? "/**" : "");
    }

    @Test
    void of_plain_paths_a_template_has_those_that_the_naive_twin_has() {
        Property.holds(20_000, random -> {
            String template = template(random);
            String path = Stream.generate(() -> "/" + (random.nextInt(4) == 0 ? "A" : word(random)))
                    .limit(random.nextInt(1, 5))
                    .collect(Collectors.joining());
            assertThat(isExactly(template, path))
                    .as("%s exactly %s", template, path)
                    .isEqualTo(naive(template, path));
            assertThat(includes(template, path))
                    .as("%s includes %s", template, path)
                    .isEqualTo(naive(template, path.toLowerCase(Locale.ROOT)));
        });
    }

    private static boolean naive(String template, String path) {
        StringBuilder pattern = new StringBuilder();
        for (String segment : template.substring(1).split("/", -1)) {
            pattern.append(
                    segment.equals("**") ? "(/.*)?" : segment.equals("{x}") ? "/[^/]+" : "/\\Q" + segment + "\\E");
        }
        return path.matches(pattern.toString());
    }

    /**
     * A path that fits, spelled so that somebody who undoes some of these things, and leaves the others as they are, reads it as
     * the path that it was.
     */
    @Test
    void no_spelling_of_a_path_escapes_a_template() {
        Property.holds(30_000, random -> {
            String template = template(random);
            String path = spell(template, random);
            assertThat(PathTemplate.parse(template).includes(PathSpelling.unfold(path), false))
                    .as("%s includes %s", template, path)
                    .isTrue();
        });
    }

    private static String spell(String template, RandomGenerator random) {
        List<String> segments = new ArrayList<>();
        for (String segment : template.substring(1).split("/", -1)) {
            switch (segment) {
                case "**" -> IntStream.range(0, random.nextInt(3)).forEach(i -> segments.add(left(random)));
                case "{x}" -> segments.add(left(random));
                default -> segments.add(letters(segment, random));
            }
        }
        StringBuilder path = new StringBuilder();
        for (String segment : segments) {
            detours(path, random);
            path.append(separator(random)).append(segment);
            if (random.nextInt(4) == 0) {
                path.append(encoded(";", random)).append(random.nextBoolean() ? "x=1" : "");
            }
        }
        detours(path, random);
        path.append("/".repeat(random.nextInt(3)));
        if (random.nextInt(8) == 0) {
            String[] ends = {";", "?", "#", "\0"};
            path.append(encoded(ends[random.nextInt(ends.length)], random)).append("x/../y");
        }
        return path.isEmpty() ? "/" : path.toString();
    }

    /** What the reader of this path takes for one segment, though others would not. */
    private static String left(RandomGenerator random) {
        String[] segments = {
            "x",
            "a",
            "..",
            ".",
            "a\\b",
            "x\\..\\..",
            "..\\..",
            "a;b",
            ";",
            "%2e%2e",
            "a%2fb",
            "a%2f..%2f..",
            "%2f",
            "%00",
            "%3b%2f..",
            "a%252fb",
            "%25",
            "%",
            "#",
            "?x",
            "x\\"
        };
        return segments[random.nextInt(segments.length)];
    }

    private static String letters(String text, RandomGenerator random) {
        return text.codePoints()
                .mapToObj(c -> {
                    String letter = Character.toString(c);
                    letter = random.nextInt(4) == 0 ? letter.toUpperCase(Locale.ROOT) : letter;
                    return random.nextInt(4) == 0 ? encoded(letter, random) : letter;
                })
                .collect(Collectors.joining());
    }

    /** Escaped up to three times. */
    private static String encoded(String text, RandomGenerator random) {
        String encoded = text;
        for (int times = random.nextInt(4); times > 0; times--) {
            StringBuilder once = new StringBuilder();
            for (byte b : encoded.getBytes(StandardCharsets.UTF_8)) {
                once.append(String.format(random.nextBoolean() ? "%%%02x" : "%%%02X", b));
            }
            encoded = once.toString();
        }
        return encoded;
    }

    private static String separator(RandomGenerator random) {
        return switch (random.nextInt(6)) {
            case 0 -> "\\";
            case 1 -> encoded("/", random);
            case 2 -> encoded("\\", random);
            default -> "/";
        };
    }

    /** Segments that lead back to where they began. */
    private static void detours(StringBuilder path, RandomGenerator random) {
        switch (random.nextInt(8)) {
            case 0 -> path.append(separator(random));
            case 1 -> path.append(separator(random)).append(encoded(".", random));
            case 2 ->
                path.append(separator(random))
                        .append("x")
                        .append(separator(random))
                        .append(encoded(".", random))
                        .append(encoded(".", random));
            case 3 -> path.append("/x/y/..;z/").append(encoded("..", random));
            case 4 -> path.append("/;x");
            default -> {}
        }
    }

    /** Counts how often somebody looks at a character. */
    private record Watched(CharSequence text, AtomicInteger looks) implements CharSequence {

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            looks.incrementAndGet();
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            throw new AssertionError("copied");
        }
    }

    static Stream<String> hostile() {
        return Stream.of("/", "/a", "/../a", "/a/..", "\\", ";", "/a;b", "a", ".", "/.", "/aaaaaaaaaaaaaaaa", "\0")
                .map(part -> "/" + part.repeat(RequestLine.MAX_PATH / part.length()));
    }

    @ParameterizedTest
    @MethodSource
    void hostile(String path) {
        for (String template :
                List.of("/a".repeat(32), "/{a}".repeat(31) + "/b", "/a/**", "/a/a/a/b", "/" + "a".repeat(64))) {
            AtomicInteger looks = new AtomicInteger();
            Watched watched = new Watched(path, looks);
            PathTemplate.parse(template).includes(watched, false);
            PathTemplate.parse(template).isExactly(watched);
            int segments = template.split("/", -1).length;
            assertThat(looks.get()).as(template).isLessThan((segments + 8) * path.length());
        }
    }

    @Test
    void a_plain_path_is_read_as_far_as_it_fits_and_no_further() {
        AtomicInteger looks = new AtomicInteger();
        PathTemplate.parse("/api/orders/**").includes(new Watched("/apis" + "/x".repeat(1000), looks), true);
        PathTemplate.parse("/api/orders/**").includes(new Watched("/api/orders" + "/x".repeat(1000), looks), true);
        assertThat(looks).hasValueLessThan(60);
    }
}
