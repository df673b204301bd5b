package com.example;

/** Sends mails. */
public interface Mailer {

    void send(String to, String text);
}
