package io.seawall.demo;

import java.util.Optional;

/**
 * What something that the shop depends on is told to do, and how often it was asked since. {@code PUT /NAME/mode} tells it,
 * {@code GET /NAME} asks. Thread-safe.
 */
final class Switch {

    /** How it behaves, and the requests seen since. */
    private record Told(Mode mode, long requests) {

        String json() {
            return "{\"mode\":\"" + mode.text() + "\",\"requests\":" + requests + "}";
        }
    }

    private final String path;
    private final Object lock = new Object();
    private Told told = new Told(Mode.OK, 0);

    /**
     * Makes one that says {@code ok}.
     *
     * @param path where it is told, as {@code /payments}
     */
    Switch(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }

    /** One more request has come. */
    Mode count() {
        synchronized (lock) {
            told = new Told(told.mode, told.requests + 1);
            return told.mode;
        }
    }

    Mode mode() {
        return told().mode;
    }

    /**
     * Answers a request that is for the switch.
     *
     * @param request method and path
     * @param body the mode
     * @return empty if the request is for somebody else
     */
    Optional<Reply> answer(String request, String body) {
        if (request.equals("PUT " + path + "/mode")) {
            return Optional.of(tell(body.strip()));
        }
        return request.equals("GET " + path) ? Optional.of(new Reply(200, told().json())) : Optional.empty();
    }

    /** To whoever asks for something else. */
    Reply nothingElse(String operation) {
        return new Reply(
                404, "{\"error\":\"there are " + operation + ", GET " + path + " and PUT " + path + "/mode\"}");
    }

    private Reply tell(String text) {
        return Mode.parse(text)
                .map(mode -> new Reply(200, restart(mode).json()))
                .orElseGet(() -> new Reply(400, "{\"error\":\"the mode must be one of " + Mode.all() + "\"}"));
    }

    private Told restart(Mode mode) {
        synchronized (lock) {
            told = new Told(mode, 0);
            return told;
        }
    }

    private Told told() {
        synchronized (lock) {
            return told;
        }
    }
}
