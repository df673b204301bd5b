package io.seawall.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoOptionsTest {

    @Test
    void without_options_the_shop_is_at_8080_and_counts_in_memory() throws BadOptionException {
        assertThat(DemoOptions.parse(List.of())).isEqualTo(new DemoOptions(8080, 8081, null, null, 200, false, false));
    }

    @Test
    void every_option_is_understood() throws BadOptionException {
        assertThat(DemoOptions.parse(List.of(
                        "--port", "9090", "--downstream-port", "0", "--redis", "redis://localhost:6379", "--help")))
                .isEqualTo(new DemoOptions(9090, 0, null, "redis://localhost:6379", 200, false, true));
        assertThat(DemoOptions.parse(
                        List.of("--services", "http://localhost:9000/", "--threads", "600", "--end-with-input")))
                .isEqualTo(new DemoOptions(8080, 8081, "http://localhost:9000", null, 600, true, false));
    }

    @Test
    void the_shop_may_have_the_port_of_services_that_are_not_played_here() throws BadOptionException {
        assertThat(DemoOptions.parse(List.of("--port", "8081", "--services", "http://localhost:9000"))
                        .port())
                .isEqualTo(8081);
    }

    @ParameterizedTest
    @CsvSource({
        "--prot 9090,           There is no option '--prot'",
        "9090,                  There is no option '9090'",
        "--port,                --port has no value: write for example --port 9090.",
        "--redis --help,        --redis has no value: write for example --redis redis://localhost:6379.",
        "--port 65536,          --port is '65536': use a whole number from 0 to 65535",
        "--port -1,             --port is '-1': use a whole number from 0 to 65535",
        "--downstream-port ten, --downstream-port is 'ten': use a whole number from 0 to 65535",
        "--services,            --services has no value: write for example --services http://localhost:9000.",
        "--services there,      --services is 'there': use an address of HTTP",
        "--services ftp://here, --services is 'ftp://here': use an address of HTTP",
        "--threads 9,           --threads is '9': use a whole number from 10 to 5000.",
        "--services http://localhost:9000 --downstream-port 0, --services and --downstream-port are both given",
        "--port 8081,           --port and --downstream-port are both 8081: give them two ports.",
    })
    void a_bad_option_is_told_with_the_fix(String line, String message) {
        assertThatThrownBy(() -> DemoOptions.parse(List.of(line.split(" "))))
                .isInstanceOf(BadOptionException.class)
                .hasMessageStartingWith(message);
    }
}
