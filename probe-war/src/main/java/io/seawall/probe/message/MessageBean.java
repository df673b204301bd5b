package io.seawall.probe.message;

import io.seawall.interceptors.Breaker;
import io.seawall.interceptors.Resilient;
import io.seawall.interceptors.Retry;
import io.seawall.interceptors.TransactionMode;
import io.seawall.probe.beans.CheckedFailureException;
import io.seawall.probe.beans.Runs;
import io.seawall.probe.beans.Work;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJBException;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import jakarta.jms.JMSConnectionFactoryDefinition;
import jakarta.jms.JMSDestinationDefinition;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import jakarta.jms.TextMessage;

/** Gets messages with the id of a run. */
@JMSConnectionFactoryDefinition(name = MessageBean.FACTORY)
@JMSDestinationDefinition(name = MessageBean.QUEUE, interfaceName = "jakarta.jms.Queue", destinationName = "runs")
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "destinationLookup", propertyValue = MessageBean.QUEUE),
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Queue")
        })
public class MessageBean implements MessageListener {

    static final String QUEUE = "java:app/jms/runs";

    /** For servers without a default one; on others it may want a user. */
    static final String FACTORY = "java:app/jms/factory";

    @Inject
    Runs runs;

    @Inject
    Work work;

    /** A transaction for each attempt: the message is taken when one of them succeeds. */
    @Override
    @Resilient(
            target = "messages",
            retry = @Retry(backoff = "1ms", budget = "none"),
            breaker = @Breaker(failures = 0),
            transaction = TransactionMode.PER_ATTEMPT)
    public void onMessage(Message message) {
        try {
            work.writtenAttempt(runs.find(((TextMessage) message).getText()));
        } catch (CheckedFailureException | JMSException e) {
            throw new EJBException(e);
        }
    }
}
