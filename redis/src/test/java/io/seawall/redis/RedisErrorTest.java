package io.seawall.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In the words of Redis 6.2 and 7.0. */
class RedisErrorTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "NOAUTH | NOAUTH Authentication required.",
                "WRONGPASS | WRONGPASS invalid username-password pair or user is disabled.",
                "NO_PASSWORD | ERR AUTH <password> called without any password configured for the default user. Are you"
                        + " sure your configuration is correct?",
                "NOPERM | NOPERM this user has no permissions to run the 'eval' command or its subcommand",
                "NOPERM | NOPERM this user has no permissions to access one of the keys used as arguments",
                "NOPERM_OF_SCRIPT | ERR Error running script (call to f_334e): @user_script:1: @user_script: 1: The user"
                        + " executing the script can't run this command or subcommand",
                "NOPERM_OF_SCRIPT | ERR The user executing the script can't run this command or subcommand script: 334e,"
                        + " on @user_script:1.",
                "OOM | OOM command not allowed when used memory > 'maxmemory'. script: 334e, on @user_script:1.",
                "OOM | ERR Error running script (call to f_334e): @user_script:1: @user_script: 1: -OOM command not"
                        + " allowed when used memory > 'maxmemory'.",
                "MAX_CLIENTS | ERR max number of clients reached",
                "READONLY | ERR Error running script (call to f_334e): @user_script:1: @user_script: 1: -READONLY You"
                        + " can't write against a read only replica.",
                "MASTERDOWN | MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
                "NOREPLICAS | NOREPLICAS Not enough good replicas to write. script: 334e, on @user_script:1.",
                "MISCONF | MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist",
                "LOADING | LOADING Redis is loading the dataset in memory",
                "BUSY | BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.",
                "NO_DATABASE | ERR DB index is out of range",
                "NO_CLUSTER | ERR This instance has cluster support disabled",
                "MOVED | MOVED 3999 127.0.0.1:6381",
                "ASK | ASK 3999 127.0.0.1:6381",
                "TRYAGAIN | TRYAGAIN Multiple keys request during rehashing of slot",
                "CLUSTERDOWN | CLUSTERDOWN Hash slot not served",
                "UNKNOWN_COMMAND | ERR unknown command `EVALSHA`, with args beginning with: `334e`",
            })
    void an_error_is_known_and_its_own_words_come_first(RedisError error, String message) {
        assertThat(RedisError.of(message)).isEqualTo(error);
        assertThat(RedisError.explained(message))
                .startsWith(message)
                .matches(explained -> explained.length() > message.length() + 20)
                .endsWith(".")
                .doesNotContain("..");
    }

    @Test
    void of_other_errors_nothing_is_made_up() {
        for (String message : new String[] {
            "ERR something new",
            "OOMPH",
            "",
            "ERR Error running script",
            "ERR Error running script (call to f_334e): @user_script: ",
            "ERR Error running script (call to f_334e): @user_script:1: @user_script: 1: attempt to index a nil value",
            "NOSCRIPT No matching script. Please use EVAL."
        }) {
            assertThat(RedisError.of(message)).as(message).isNull();
            assertThat(RedisError.explained(message)).isEqualTo(message.strip());
        }
    }
}
