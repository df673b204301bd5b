package io.seawall.servers;

import java.util.EnumSet;

/** Payara Server, alone: without the data grid that would look for others. */
final class Payara extends DomainServer {

    Payara(String name) {
        super(
                name,
                "payara",
                "Payara Server " + Installation.version("payara"),
                EnumSet.complementOf(EnumSet.of(Capability.LETS_CALLS_END, Capability.TRANSACTION_MANAGER)));
    }

    @Override
    String configured(String domain) {
        return Text.replaced(
                domain,
                "<hazelcast-config-specific-configuration></",
                "<hazelcast-config-specific-configuration enabled=\"false\"></");
    }
}
