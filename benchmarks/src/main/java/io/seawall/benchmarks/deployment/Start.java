package io.seawall.benchmarks.deployment;

import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** Starts an application once, in a JVM that has done nothing else, and prints how many microseconds it took. */
final class Start {

    private Start() {}

    /**
     * For the benchmark.
     *
     * @param args the name of the {@link Application}
     * @throws ClassNotFoundException if its beans are not on the class path
     */
    @SuppressWarnings("SystemOut") // what the benchmark reads
    public static void main(String[] args) throws ClassNotFoundException {
        LogManager.getLogManager().reset();
        Logger.getLogger("").setLevel(Level.OFF);
        Application application = Application.valueOf(args[0]);
        long begin = System.nanoTime();
        SeContainerInitializer initializer =
                SeContainerInitializer.newInstance().disableDiscovery();
        application.prepare(initializer);
        for (int bean = 0; bean < Application.BEANS; bean++) {
            initializer.addBeanClasses(Class.forName(Application.beanName(bean)));
        }
        try (SeContainer container = initializer.initialize()) {
            long micros = (System.nanoTime() - begin) / 1000;
            if (!container.isRunning()) {
                throw new IllegalStateException("the application has not started");
            }
            System.out.println(micros);
        }
    }
}
