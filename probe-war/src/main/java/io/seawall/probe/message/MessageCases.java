package io.seawall.probe.message;

import io.seawall.probe.beans.Cases;
import io.seawall.probe.beans.Run;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.Queue;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Sends messages. */
@ApplicationScoped
@Named("message")
public class MessageCases implements Cases {

    @Override
    @SuppressWarnings("BanJNDI") // Names that stand here.
    public String run(String name, Run run) throws Exception {
        Queue queue =
                (Queue) new InitialContext().lookup(name.equals("plain") ? PlainMessageBean.QUEUE : MessageBean.QUEUE);
        try (JMSContext context = factory().createContext()) {
            context.createProducer().send(queue, run.id());
        }
        return "sent";
    }

    @SuppressWarnings("BanJNDI") // As above.
    private static ConnectionFactory factory() throws NamingException {
        try {
            return (ConnectionFactory) new InitialContext().lookup("java:comp/DefaultJMSConnectionFactory");
        } catch (NamingException noDefault) {
            return (ConnectionFactory) new InitialContext().lookup(MessageBean.FACTORY);
        }
    }
}
