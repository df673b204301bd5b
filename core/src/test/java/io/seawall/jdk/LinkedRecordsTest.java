package io.seawall.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;

class LinkedRecordsTest {

    private static final int COLLECTIONS = 20;

    /** Of an application: it has a class {@link Node} of its own. */
    private static final class Application extends ClassLoader {

        Application() {
            super(Application.class.getClassLoader());
        }

        Class<?> node() throws IOException {
            String name = Node.class.getName();
            try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] code = file.readAllBytes();
                return defineClass(name, code, 0, code.length);
            }
        }
    }

    private static WeakReference<ClassLoader> ended() throws Exception {
        Application application = new Application();
        Class<?> type = application.node();
        Object node = type.getConstructors()[0].newInstance((Object) null);
        Object other = type.getConstructors()[0].newInstance((Object) null);
        assertThat(node).isEqualTo(other).hasSameHashCodeAs(other).hasToString("Node[next=null]");
        return new WeakReference<>(application);
    }

    /** A soft reference, as in newer ones, goes when memory is short: not here. */
    @Test
    @EnabledForJreRange(maxVersion = 20)
    void the_class_loader_of_an_application_that_has_ended_can_be_collected() throws Exception {
        WeakReference<ClassLoader> application = ended();
        LinkedRecords.letGo();
        for (int i = 0; i < COLLECTIONS && application.get() != null; i++) {
            System.gc();
        }
        assertThat(application.get()).isNull();
    }
}
