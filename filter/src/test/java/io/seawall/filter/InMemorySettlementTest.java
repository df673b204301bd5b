package io.seawall.filter;

import java.util.Map;

/** The contract of settlement, counted in this JVM. */
class InMemorySettlementTest extends SettlementContract {

    @Override
    Map<String, String> store() {
        return Map.of();
    }
}
