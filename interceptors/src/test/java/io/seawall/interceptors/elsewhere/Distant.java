package io.seawall.interceptors.elsewhere;

/** Of another package than the beans below it. */
public abstract class Distant {

    String ofItsPackage(String question) {
        return "of its package: " + question;
    }

    protected String forSubclasses(String question) {
        return "for subclasses: " + question;
    }
}
