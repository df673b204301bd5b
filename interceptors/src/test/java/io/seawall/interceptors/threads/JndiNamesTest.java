package io.seawall.interceptors.threads;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.interceptors.threads.Names.Found;
import java.lang.reflect.Proxy;
import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.spi.InitialContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JndiNamesTest {

    private static final String NAME = "java:comp/DefaultManagedThreadFactory";

    private final Names names = new JndiNames();

    /** Has one name. */
    public static class OneName implements InitialContextFactory {

        @Override
        @SuppressWarnings("JdkObsolete") // as the interface has it
        public Context getInitialContext(Hashtable<?, ?> environment) {
            return (Context) Proxy.newProxyInstance(
                    OneName.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                        if (!method.getName().equals("lookup")) {
                            return null;
                        }
                        if (!arguments[0].equals(NAME)) {
                            throw new NameNotFoundException();
                        }
                        return "what is lent";
                    });
        }
    }

    @AfterEach
    void withoutNames() {
        System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
    }

    @Test
    void what_is_there_is_found() {
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, OneName.class.getName());

        assertThat(names.find(NAME)).isEqualTo(new Found("what is lent", true));
    }

    @Test
    void what_is_not_there_may_be_there_for_another_thread() {
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, OneName.class.getName());

        assertThat(names.find("java:comp/other")).isEqualTo(new Found(null, false));
    }

    @Test
    void without_anybody_who_has_names_there_is_nothing_for_good() {
        assertThat(names.find(NAME)).isEqualTo(new Found(null, true));
    }
}
