package io.seawall.servers;

/** The server refused an application; the message has what it logged meanwhile. */
final class DeploymentFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    DeploymentFailedException(String server, String application, String log) {
        super(server + " refused '" + application + "':\n" + log);
    }
}
