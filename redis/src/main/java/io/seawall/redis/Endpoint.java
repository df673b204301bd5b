package io.seawall.redis;

/**
 * Where a server listens.
 *
 * @param host a name, or an address without brackets
 * @param port 1 to 65535
 */
record Endpoint(String host, int port) {

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
