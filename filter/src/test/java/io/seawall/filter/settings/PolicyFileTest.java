package io.seawall.filter.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyFileTest {

    private static final Set<String> SETTINGS = Set.of("match", "limits", "tier", "tier.*.limits", "cost");
    private static final String PROPERTY = "seawall.test.policies";

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @AfterEach
    void restore() {
        System.clearProperty(PROPERTY);
        Thread.currentThread().setContextClassLoader(before);
    }

    private static PolicyFile parse(String text) {
        return PolicyFile.parse("policies.properties", text.getBytes(StandardCharsets.UTF_8), SETTINGS);
    }

    private static Map<String, PolicySetting> settings(PolicyFile file, String policy) {
        return Objects.requireNonNull(file.policies().get(policy), policy);
    }

    private static PolicySetting setting(PolicyFile file, String policy, String setting) {
        return Objects.requireNonNull(settings(file, policy).get(setting), setting);
    }

    private static String value(PolicyFile file, String policy, String setting) {
        return setting(file, policy, setting).value();
    }

    @Test
    void policies_come_in_the_order_in_which_they_first_appear() {
        PolicyFile file = parse("""
                # Everything below /api
                login.match = POST /login
                api.match = /api/**
                login.limits = 5/15m
                api.limits = burst=20/1s; \\
                             sustained=1000/1h
                api.tier.gold.limits = 5000/1h
                z-_9.limits = caf\u00e9
                """);
        assertThat(file.policies().keySet()).containsExactly("login", "api", "z-_9");
        assertThat(settings(file, "login").keySet()).containsExactly("match", "limits");
        assertThat(settings(file, "api").keySet()).containsExactly("match", "limits", "tier.gold.limits");
        assertThat(value(file, "api", "limits")).isEqualTo("burst=20/1s; sustained=1000/1h");
        assertThat(value(file, "z-_9", "limits")).isEqualTo("caf\u00e9");
    }

    @Test
    void placeholders_are_filled() {
        System.setProperty(PROPERTY, "7");
        PolicyFile file = parse("a.limits = ${" + PROPERTY + "}/1s\na.cost = ${" + PROPERTY + ".no:1} \n");
        assertThat(value(file, "a", "limits")).isEqualTo("7/1s");
        assertThat(value(file, "a", "cost")).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            a.limits = 1/1s~a.limits = 2/1s  | line 2: 'a.limits' is set in line 1 already      | delete one of them
            a.limits = 1~#~b.limits : 1~a.limits | line 4: 'a.limits' is set in line 1 already  | delete one of them
            ~limits = 1/1s                   | line 2: 'limits' names no policy                 | for example api.limits
            match = /**                      | line 1: 'match' names no policy                  | for example api.match
            api                              | line 1: 'api' names no policy                    | for example api.limits
            = 1                              | line 1: '' names no policy                       | for example api.limits
            .limits = 1/1s                   | line 1: '.limits' has the policy name ''         | 1 to 64 letters
            a\\ b.limits = 1                 | line 1: 'a b.limits' has the policy name 'a b'   | 1 to 64 letters
            caf\u00e9.limits = 1             | has the policy name 'caf\u00e9'                  | 1 to 64 letters
            a. = 1                           | line 1: 'a.' is unknown                          | Use one of [cost, limits, match, tier, tier.*.limits]
            a.limit = 1/1s                   | line 1: 'a.limit' is unknown                     | did you mean 'limits'?
            a.LIMITS = 1/1s                  | line 1: 'a.LIMITS' is unknown                    | Use one of [cost,
            a.rate = 1/1s                    | line 1: 'a.rate' is unknown, a policy has no setting 'rate': Use one of [cost | match, tier
            a.tier.gold = x                  | line 1: 'a.tier.gold' is unknown                 | tier.*.limits
            a.tier..limits = x               | line 1: 'a.tier..limits' is unknown              | did you mean 'tier.*.limits'?
            a.rank.gold.limits = x           | line 1: 'a.rank.gold.limits' is unknown          | tier.*.limits
            a.tier.gold.limitz = x           | line 1: 'a.tier.gold.limitz' is unknown          | tier.*.limits
            ""                               | policies.properties has no policy                | for example api.limits = 100/60s
            a.tier.limits = x                | line 1: 'a.tier.limits' is unknown               | did you mean 'tier.*.limits'?
            a.tier.a.b.limits = x            | line 1: 'a.tier.a.b.limits' is unknown           | tier.*.limits
            a.b.limits = x                   | line 1: 'a.b.limits' is unknown                  | a policy has no setting 'b.limits'
            ~~a.limits = \\u00               | line 3: '\\u' is not followed                    | four hexadecimal digits
            a.limits = 1/1s \\               | line 1: the backslash at its end                 | delete it
            a.limits = ${NO_SUCH_NAME}/1s    | line 1: 'a.limits' is '${NO_SUCH_NAME}/1s': NO_SUCH_NAME is neither | write a default
            a.limits = ${X                   | line 1: 'a.limits' is '${X': '${' has no '}'     | write ${NAME}
            ! nothing                        | policies.properties has no policy                | for example api.limits = 100/60s
            """)
    void what_is_wrong_is_refused_with_file_and_line(String lines, String what, String fix) {
        assertThatThrownBy(() -> parse(lines.replace('~', '\n')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("policies.properties")
                .hasMessageContainingAll(what, fix);
    }

    @Test
    void names_have_at_most_64_characters() {
        String longest = "n".repeat(64);
        assertThat(parse(longest + ".limits = 1").policies()).containsKey(longest);
        assertThat(settings(parse("a.tier.b.limits = 1"), "a")).containsKey("tier.b.limits");
        assertThat(settings(parse("a.tier." + longest + ".limits = 1"), "a"))
                .containsKey("tier." + longest + ".limits");
        assertThatThrownBy(() -> parse(longest + "n.limits = 1")).hasMessageContaining("1 to 64 letters");
        assertThatThrownBy(() -> parse("a.tier." + longest + "n.limits = 1")).hasMessageContaining("is unknown");
    }

    @Test
    void what_a_parser_refuses_is_told_with_file_line_key_and_value() {
        System.setProperty(PROPERTY, "x");
        PolicyFile file = parse("a.match = /**\n\na.limits = 1/${" + PROPERTY + "}\na.cost = 5\n");
        PolicySetting limits = setting(file, "a", "limits");
        PolicySetting cost = setting(file, "a", "cost");
        int five = cost.read(Integer::valueOf);
        assertThat(five).isEqualTo(5);
        assertThatThrownBy(() -> limits.read(value -> {
                    throw new IllegalArgumentException("that is no limit");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("policies.properties, line 3: 'a.limits' is '1/x' (from '1/${" + PROPERTY
                        + "}'): that is no limit");
        assertThatThrownBy(() -> cost.read(value -> {
                    throw new IllegalArgumentException("why");
                }))
                .hasMessage("policies.properties, line 4: 'a.cost' is '5': why");
    }

    @Test
    void a_file_that_is_not_utf8_is_refused_with_the_line() {
        byte[] latin1 = "a.limits = 1/1s\n\n# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> PolicyFile.parse("policies.properties", latin1, SETTINGS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("policies.properties, line 3: it is not in UTF-8: save the file in UTF-8");
        byte[] cut = {'#', (byte) 0xc3};
        assertThatThrownBy(() -> PolicyFile.parse("policies.properties", cut, SETTINGS))
                .hasMessage("policies.properties, line 1: it is not in UTF-8: save the file in UTF-8");
    }

    @Test
    void a_mark_of_utf8_at_the_beginning_is_passed_over() {
        assertThat(parse("\uFEFFa.limits = 1/1s").policies()).containsOnlyKeys("a");
    }

    @Test
    void a_file_of_at_most_a_mebibyte_is_read() {
        String policy = "a.limits = 1/1s\n#";
        String largest = policy + "x".repeat(PolicyFile.MAX_BYTES - policy.length());
        assertThat(parse(largest).policies()).containsOnlyKeys("a");
        assertThatThrownBy(() -> parse(largest + "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("policies.properties is larger than 1048576 bytes", "no policies file");
    }

    /** Has one resource. */
    private static ServletContext context(String path, @Nullable InputStream content) {
        return (ServletContext) Proxy.newProxyInstance(
                PolicyFileTest.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("getResourceAsStream");
                    return path.equals(arguments[0]) ? content : null;
                });
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_file_below_web_inf_is_the_applications() {
        ServletContext context = context("/WEB-INF/policies.properties", bytes("a.limits = 1/1s\na.limit = 1"));
        assertThatThrownBy(() -> PolicyFile.read("/WEB-INF/policies.properties", context, SETTINGS))
                .hasMessageStartingWith("/WEB-INF/policies.properties, line 2: 'a.limit' is unknown");
        ServletContext right = context("/WEB-INF/conf/p", bytes("a.limits = 1/1s"));
        assertThat(PolicyFile.read("/WEB-INF/conf/p", right, SETTINGS).policies())
                .containsOnlyKeys("a");
    }

    @Test
    void any_other_file_is_on_the_class_path_of_the_application() {
        Thread.currentThread().setContextClassLoader(new ClassLoader(before) {
            @Override
            public @Nullable InputStream getResourceAsStream(String name) {
                return name.equals("conf/policies.properties") ? bytes("a.limits = 1/1s") : null;
            }
        });
        ServletContext none = context("", null);
        assertThat(PolicyFile.read("conf/policies.properties", none, SETTINGS).policies())
                .containsOnlyKeys("a");
    }

    @Test
    void where_the_thread_has_no_class_loader_our_own_finds_the_file() {
        ServletContext none = context("", null);
        for (ClassLoader loader : new @Nullable ClassLoader[] {null, ClassLoader.getPlatformClassLoader()}) {
            Thread.currentThread().setContextClassLoader(loader);
            assertThat(PolicyFile.read("test-policies.properties", none, SETTINGS)
                            .policies())
                    .containsOnlyKeys("on-the-class-path");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/WEB-INF/no.properties", "no.properties"})
    void a_file_that_is_not_there_is_refused_with_the_fix(String location) {
        assertThatThrownBy(() -> PolicyFile.read(location, context("", null), SETTINGS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("there is no file '" + location + "'", "below /WEB-INF/", "class path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/policies.properties", "/web-inf/policies.properties", "/"})
    void a_file_that_everybody_may_get_is_refused(String location) {
        assertThatThrownBy(() -> PolicyFile.read(location, context(location, bytes("a.limits = 1/1s")), SETTINGS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'" + location + "' is not below /WEB-INF/", "move it there");
    }

    @Test
    void a_file_that_cannot_be_read_is_told_with_the_reason() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("disk on fire");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                throw new IOException("disk on fire");
            }
        };
        assertThatThrownBy(() -> PolicyFile.read("/WEB-INF/p", context("/WEB-INF/p", broken), SETTINGS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'/WEB-INF/p' cannot be read", "disk on fire");
    }
}
