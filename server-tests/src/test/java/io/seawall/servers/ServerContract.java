package io.seawall.servers;

/** What Seawall promises on every server, as far as the server brings what it takes. */
abstract class ServerContract extends ServerTest
        implements FilterContract,
                PathContract,
                ResilientContract,
                ControlContract,
                EventsContract,
                HealthContract,
                CachingContract,
                ConsoleContract,
                TransactionContract,
                MessageContract,
                DeploymentContract {

    ServerContract(Server server) {
        super(server);
    }
}
