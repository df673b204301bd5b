package com.example;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import java.util.function.Consumer;

/** Sends mails that others have asked for. In a container, a message-driven bean. */
public final class MailListener implements MessageListener {

    private final MailLimits limits;
    private final Consumer<String> mailer;

    public MailListener(MailLimits limits, Consumer<String> mailer) {
        this.limits = limits;
        this.mailer = mailer;
    }

    @Override
    public void onMessage(Message message) {
        try {
            if (!limits.maySend(message.getStringProperty("customer"))) {
                throw new IllegalStateException("not now: the container rolls back, and delivers again later");
            }
            mailer.accept(message.getBody(String.class));
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }
}
