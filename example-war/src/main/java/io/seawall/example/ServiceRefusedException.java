package io.seawall.example;

/** A service understood the request and refused it: asking again would not change the answer. */
public final class ServiceRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    ServiceRefusedException(String service, int status) {
        super(service + " refused the request with " + status);
        this.status = status;
    }

    /**
     * The answer of the service.
     *
     * @return an HTTP status from 400 to 499
     */
    public int status() {
        return status;
    }
}
