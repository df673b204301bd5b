package io.seawall.interceptors.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.metrics.MetricRegistry;
import io.seawall.resilience.pipeline.Targets;
import io.seawall.test.CapturedLog;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ManagementBeansTest {

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final Targets targets = new Targets();
    private final MetricRegistry metrics = new MetricRegistry();
    private final ManagementBeans beans = new ManagementBeans(new Idle(), metrics);

    @AfterEach
    void close() {
        beans.close();
        targets.close();
    }

    private static final class Idle implements Operator {

        @Override
        public List<String> settings(String target) {
            return List.of();
        }

        @Override
        public List<String> reread(String target) {
            return List.of();
        }

        @Override
        public List<String> rereadAll() {
            return List.of();
        }

        @Override
        public void forceOpen(String target) {}

        @Override
        public void disable(String target) {}

        @Override
        public void reset(String target) {}
    }

    private void target(String name) {
        targets.<String>around(name, call -> call).build();
    }

    private Set<String> applications() throws JMException {
        return server.queryNames(new ObjectName("io.seawall:*"), null).stream()
                .map(name -> ObjectName.unquote(
                        name.getKeyProperty(name.getKeyProperty("type").equals("Target") ? "application" : "name")))
                .collect(Collectors.toSet());
    }

    @Test
    void a_web_application_is_called_by_its_path() throws JMException {
        target("bank");
        beans.show(targets.all(), "/shop");
        assertThat(applications()).containsExactly("/shop");
    }

    @Test
    void the_one_at_the_root_is_called_so_too() throws JMException {
        target("bank");
        beans.show(targets.all(), "");
        assertThat(applications()).containsExactly("/");
    }

    @Test
    void the_first_name_stays_and_what_comes_later_is_added_to_it() throws JMException {
        target("bank");
        beans.show(targets.all(), "/shop");
        target("mail");
        beans.show(targets.all(), null);
        beans.show(targets.all(), "/other");

        assertThat(applications()).containsExactly("/shop");
        assertThat(server.queryNames(new ObjectName("io.seawall:type=Target,*"), null))
                .hasSize(2);
    }

    /** Some servers tell extensions nothing of the servlet context, which comes later. */
    @Test
    void the_path_takes_the_place_of_a_name_from_before_it_was_known() throws JMException {
        target("bank");
        beans.show(targets.all(), null);
        assertThat(applications()).containsExactly("application");
        beans.show(targets.all(), "/shop");

        assertThat(applications()).containsExactly("/shop");
        assertThat(server.queryNames(new ObjectName("io.seawall:*"), null)).hasSize(2);
    }

    @Test
    void what_comes_after_the_end_is_not_shown() throws JMException {
        target("bank");
        beans.close();
        beans.show(targets.all(), "/shop");
        assertThat(applications()).isEmpty();
    }

    /** By a name of ours that somebody else has: nothing else could go wrong here, and much on a server. */
    @Test
    void what_cannot_be_shown_is_told_and_nothing_fails() throws JMException {
        target("bank");
        ObjectName taken = new ObjectName("io.seawall:type=Target,application=\"/shop\",name=\"bank\"");
        server.registerMBean(
                new StandardMBean(new ApplicationBean(List.of(), metrics, new Idle()), ApplicationMXBean.class, true),
                taken);
        try (CapturedLog log = new CapturedLog(ManagementBeans.class)) {
            beans.show(targets.all(), "/shop");
            beans.show(targets.all(), "/shop");
            assertThat(log.lines()).singleElement().asString().startsWith("WARNING the targets are not shown by JMX");
        } finally {
            server.unregisterMBean(taken);
        }
        beans.close();
        assertThat(applications()).isEmpty();
    }
}
