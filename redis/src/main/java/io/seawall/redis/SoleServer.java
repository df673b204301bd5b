package io.seawall.redis;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** One server that has all keys: the only one, or the primary that sentinels know. */
final class SoleServer implements Servers {

    private final RedisServer server;

    SoleServer(RedisServer server) {
        this.server = server;
    }

    @Override
    public boolean isConnected(Slot slot) {
        return server.combiner().isConnected();
    }

    @Override
    public <C extends Call> C ask(Slot slot, Function<Slot, C> call) {
        C asked = call.apply(slot);
        server.combiner().ask(asked);
        return asked;
    }

    @Override
    public Collection<RedisServer> all() {
        return List.of(server);
    }

    @Override
    public void close() {
        server.close();
    }
}
