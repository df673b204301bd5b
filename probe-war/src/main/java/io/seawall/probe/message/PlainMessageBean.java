package io.seawall.probe.message;

import io.seawall.interceptors.Breaker;
import io.seawall.interceptors.Resilient;
import io.seawall.interceptors.Retry;
import io.seawall.probe.beans.CheckedFailureException;
import io.seawall.probe.beans.Runs;
import io.seawall.probe.beans.Work;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJBException;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import jakarta.jms.JMSDestinationDefinition;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import jakarta.jms.TextMessage;

/** Gets messages with the id of a run, and says nothing of transactions: the container delivers again what has failed. */
@JMSDestinationDefinition(
        name = PlainMessageBean.QUEUE,
        interfaceName = "jakarta.jms.Queue",
        destinationName = "plainRuns")
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "destinationLookup", propertyValue = PlainMessageBean.QUEUE),
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Queue")
        })
public class PlainMessageBean implements MessageListener {

    static final String QUEUE = "java:app/jms/plainRuns";

    @Inject
    Runs runs;

    @Inject
    Work work;

    /** No retry in the transaction that takes the message. */
    @Override
    @Resilient(retry = @Retry(backoff = "1ms", budget = "none"), breaker = @Breaker(failures = 0))
    public void onMessage(Message message) {
        try {
            work.writtenAttempt(runs.find(((TextMessage) message).getText()));
        } catch (CheckedFailureException | JMSException e) {
            throw new EJBException(e);
        }
    }
}
