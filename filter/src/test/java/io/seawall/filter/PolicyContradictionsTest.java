package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong in a policies file stops the deployment, with file, line, setting, value, rule and fix. */
class PolicyContradictionsTest {

    @TempDir
    private Path directory;

    private void deploy(String policies, Map<String, String> initParams) throws Exception {
        try (TestServer server = PolicyFileServer.of(directory, policies, initParams)) {
            server.start();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            api.client = ip                                     | 1 | 'api.limits' is missing                 | a policy must have limits, for example 100/60s
            api.match = /a~api.client = ip                      | 1 | 'api.limits' is missing                 | a policy must have limits
            api.limits = 1/1s~api.tier.gold.limits = 9/1s       | 2 | 'api.tier.gold.limits' is '9/1s'        | no request is ever in this tier: say with 'tier' how it is found, for example role:NAME
            api.limits = 1/1s~api.tier = role:gold              | 2 | 'role:gold' selects no tier             | tier.gold.limits
            api.limits = 1/1s~api.tier = header:X-Plan          | 2 | 'api.tier' is 'header:X-Plan'           | give one limits with tier.NAME.limits, or leave 'tier' out
            api.limits = 1/1s~api.tier = attribute:plan         | 2 | 'attribute:plan' finds no tier          | give one limits with tier.NAME.limits, or leave 'tier' out
            api.limits = 1/1s~api.tier = role:g~api.tier.g.limits = 2/1s~api.tier.h.limits = 3/1s | 4 | 'api.tier.h.limits' is '3/1s' | no request is ever in this tier, as 'tier' is role:g: add role:h there, or delete this
            api.limits = 1/1s~api.except = /**                  | 2 | 'api.except' is '/**'                   | it has all that the policy is for, /**, and nothing is limited: name less here
            api.except = /a/**~api.limits = 1/1s~api.match = /a/** | 1 | 'api.except' is '/a/**'              | it has all that the policy is for, /a/**
            api.limits = 1/1s~api.match = GET,PUT /a~api.except = GET /a; PUT /{x} | 3 | 'api.except' is  | it has all that the policy is for, GET,PUT /a
            api.limits = 1/1s~api.cost = /** = 0                | 2 | 'api.cost' is '/** = 0'                 | costs nothing, and nothing is limited: name less here
            api.limits = 1/1s~api.match = /a; /b~api.except = /a~api.cost = /b = 0 | 4 | 'api.cost' is    | costs nothing, and nothing is limited: name less here
            api.limits = 1/1s~api.count = 401~api.refund = 5xx  | 3 | 'api.refund' is '5xx'                   | there is a 'count' too, which gives back all others: use one of them
            api.limits = 1/1s~api.limit = 2/1s                  | 2 | a policy has no setting 'limit'         | did you mean 'limits'?
            api.limits = 1/1s~api.tier.limits = 2/1s            | 2 | a policy has no setting 'tier.limits'   | Use one of
            api.limits = 1/1s~api.redis = redis://x             | 2 | a policy has no setting 'redis'         | Use one of
            api.limits = 1/1s~~api.limits = 2/1s                | 3 | 'api.limits' is set in line 1 already   | delete one of them
            limits = 1/1s                                       | 1 | 'limits' names no policy                | for example api.limits
            # first~api.limits = lots                           | 2 | 'api.limits' is 'lots'                  | for example 100/60s
            api.limits = 1/1s~api.client = Principal            | 2 | 'api.client' is 'Principal'             | use principal
            api.limits = 1/1s~api.match = login                 | 2 | 'api.match' is 'login'                  | for example POST /login
            api.limits = 1/1s~api.except = get /x               | 2 | 'api.except' is 'get /x'                | write it in capitals
            api.limits = 1/1s~api.ip-limits = 0/1s              | 2 | 'api.ip-limits' is '0/1s'               | use 1 or more
            api.limits = 1/1s~api.shadow = yes                  | 2 | 'api.shadow' is 'yes'                   | use true or false
            api.limits = 1/1s~api.on-store-failure = open       | 2 | 'api.on-store-failure' is 'open'        | use local, allow, deny
            api.limits = 1/1s~api.count = 4x                    | 2 | 'api.count' is '4x'                     | for example 401, 5xx
            api.limits = 1/1s~api.refund = 600                  | 2 | 'api.refund' is '600'                   | for example 401, 5xx
            api.limits = 1/1s~api.penalty = 20/1m               | 2 | 'api.penalty' is '20/1m'                | for example 20/1m ban 1m..1h
            api.limits = 1/1s~api.cost = /a                     | 2 | 'api.cost' is '/a'                      | for example POST /api/export = 50
            api.limits = 1/1s~api.lease = 1                     | 2 | 'api.lease' is '1'                      | write 2 to 10000, or leave it out
            api.limits = 1/1s~api.lease = 10001                 | 2 | 'api.lease' is '10001'                  | write 2 to 10000, or leave it out
            api.limits = 1/1s~api.lease = many                  | 2 | 'api.lease' is 'many'                   | write 2 to 10000, or leave it out
            api.limits = 1/1s~api.lease = 99999999999999999999  | 2 | 'api.lease' is '99999999999999999999'   | write 2 to 10000, or leave it out
            api.limits = 9/1s token-bucket~api.lease = 9        | 2 | 'api.lease' is '9': limit 'api=9/1s token-bucket' would admit more than its burst | use sliding-window, or leave the lease out
            api.limits = 9/1s~api.ip-limits = 9/1s token-bucket~api.lease = 9 | 3 | 'api.lease' is '9': limit 'api-ip=9/1s token-bucket' | use sliding-window
            api.limits = 9/1s~api.tier = role:g~api.tier.g.limits = 9/1s token-bucket~api.lease = 9 | 4 | 'api.lease' is '9': limit 'api=9/1s token-bucket' | use sliding-window
            api.limits = 9/1s~api.penalty = 9/1m ban 1m..1h~api.lease = 9 | 3 | 'api.lease' is '9': there is a 'penalty' too | use one of them
            api.limits = 9/1s~api.lease = 9~api.shadow = true~api.penalty = 9/1m ban 1m..1h | 2 | 'api.lease' is '9': there is a 'penalty' too | use one of them
            api.limits = 9/1s~api.cost = /a = 10                | 2 | a cost of 10 can never be granted by limit 'api=9/1s | raise its permits or lower the cost
            api.limits = 99/1s~api.ip-limits = 9/1s~api.cost = /a = 10 | 3 | a cost of 10 can never be granted by limit 'api-ip=9/1s | raise its permits or lower the cost
            api.limits = 99/1s~api.tier = role:g~api.tier.g.limits = 9/1s~api.cost = /a = 10 | 4 | a cost of 10 can never be granted by limit 'api=9/1s | raise its permits or lower the cost
            api.limits = 1/${NO_SUCH_NAME_HERE}                 | 1 | NO_SUCH_NAME_HERE is neither            | ${NO_SUCH_NAME_HERE:default}
            api.limits = xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx=1/1s~api.client = header:X | 1 | xx-ip' is not allowed | use 1 to 64 letters
            xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx.limits = 1/1s~xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx.client = header:X | 1 | xx-ip' is not allowed | use 1 to 64 letters
            a.limits = 1/1s~a.client = header:X~a--ip.limits = 1/1s | 3 | policy 'a--ip' would share its counts with 'a' | give it a name that does not end in '--ip'
            """)
    void a_mistake_stops_the_deployment(String file, int line, String rule, String fix) {
        assertThatThrownBy(() -> deploy(file.replace("~", "\n"), Map.of()))
                .isInstanceOf(ServletException.class)
                .hasMessageContainingAll(PolicyFileServer.LOCATION + ", line " + line + ": ", rule, fix);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            limits           | 5/1s
            match            | /a
            except           | /a
            cost             | /a = 2
            count            | 401
            refund           | 5xx
            penalty          | 9/1m ban 1m..1h
            lease            | 9
            ip-limits        | 5/1s
            tier             | header:X
            tier.gold.limits | 5/1s
            """)
    void what_belongs_to_one_policy_stands_in_the_file(String name, String value) {
        assertThatThrownBy(() -> deploy("api.limits = 1/1s", Map.of(name, value)))
                .isInstanceOf(ServletException.class)
                .hasMessageContainingAll(
                        "init-param '" + name + "' of filter 'api' is '" + value + "'",
                        "there is a policies file too",
                        "write <policy>." + name + " into the file, or remove 'policies'");
    }

    @ParameterizedTest
    @CsvSource({
        "client,           Principal, use principal",
        "on-store-failure, open,      'use local, allow, deny'",
        "shadow,           yes,       use true or false",
    })
    void what_the_init_params_say_for_all_policies_is_checked_there(String name, String value, String fix) {
        assertThatThrownBy(() -> deploy("api.limits = 1/1s", Map.of(name, value)))
                .isInstanceOf(ServletException.class)
                .hasMessageContainingAll("init-param '" + name + "' of filter 'api' is '" + value + "'", fix);
    }

    @Test
    void a_policy_of_which_everything_is_exempt_is_refused() {
        assertThatThrownBy(() -> deploy(
                        "api.match = /a/**\napi.limits = 1/1s\n", Map.of("exempt", "10.0.0.0/8, /b, /a, /a/{x}/**")))
                .isInstanceOf(ServletException.class)
                .hasMessageContainingAll(
                        "init-param 'exempt' of filter 'api' is '10.0.0.0/8, /b, /a, /a/{x}/**'",
                        "all that policy 'api' is for is exempt here or there, and it limits nothing",
                        "exempt less, or delete the policy");
    }

    @ParameterizedTest
    @CsvSource({
        "except, /**,           nothing is limited",
        "cost,   /** = 0,       nothing is limited",
        "tier,   header:X-Plan, as none has limits",
    })
    void what_makes_the_limits_pointless_is_refused_without_a_file_too(String name, String value, String rule) {
        assertThatThrownBy(() -> {
                    try (TestServer server = new TestServer().filter("api", Map.of(name, value))) {
                        server.start();
                    }
                })
                .isInstanceOf(ServletException.class)
                .hasMessageContainingAll("init-param '" + name + "' of filter 'api' is '" + value + "'", rule);
    }

    @Test
    void what_leaves_something_to_limit_is_deployed() throws Exception {
        deploy("""
                api.match = /a/**
                api.except = /a; /a/{x}
                api.cost = /a/{x}/{y} = 0; /a/b/c/** = 0
                api.limits = 1/1s
                paid.match = /p/**
                paid.cost = /p/export = 50; /** = 0
                paid.limits = 100/1s
                paid.tier = role:gold, header:X-Plan
                paid.tier.gold.limits = 200/1s
                paid.tier.silver.limits = 150/1s
                """, Map.of("exempt", "/p/x"));
    }

    @ParameterizedTest
    @CsvSource({"tier.limits", "tier..limits", "tiers.gold.limits", "tier.gold.limit"})
    void an_init_param_that_is_nearly_the_limits_of_a_tier_is_refused_by_its_name(String name) {
        assertThatThrownBy(() -> {
                    try (TestServer server = new TestServer().filter("api", Map.of(name, "5/1s"))) {
                        server.start();
                    }
                })
                .isInstanceOf(ServletException.class)
                .hasMessageContainingAll("init-param '" + name + "' of filter 'api' is '5/1s'");
    }

    @Test
    void counting_and_refunding_at_once_is_refused_without_a_file_too() {
        assertThatThrownBy(() -> {
                    try (TestServer server = new TestServer().filter("api", Map.of("count", "401", "refund", "5xx"))) {
                        server.start();
                    }
                })
                .isInstanceOf(ServletException.class)
                .hasMessageContainingAll("init-param 'refund' of filter 'api' is '5xx'", "there is a 'count' too");
    }
}
