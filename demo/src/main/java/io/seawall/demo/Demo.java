package io.seawall.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.logging.LogManager;

/**
 * Serves the example WAR and the services and databases that it depends on, until it is told to stop (Ctrl-C, SIGTERM,
 * or, if it was started so, the end of its input).
 *
 * <p>Exit codes: 2 for a command line that it does not understand, 1 if it cannot start.
 */
public final class Demo {

    private static final Logger LOG = System.getLogger(Demo.class.getName());

    private static final String WAR = "seawall-example.war";

    private static final int BAD_OPTION = 2;

    private static final int CANNOT_START = 1;

    private Demo() {}

    /**
     * Runs the demo.
     *
     * @param arguments {@code --help} tells them
     * @throws Exception if the demo itself is broken: its jar lacks a part
     */
    public static void main(String[] arguments) throws Exception {
        DemoOptions options;
        try {
            options = DemoOptions.parse(List.of(arguments));
        } catch (BadOptionException bad) {
            fail(BAD_OPTION, bad.getMessage() + System.lineSeparator() + "--help tells more.");
            return;
        }
        if (options.help()) {
            System.out.print(DemoOptions.USAGE);
            return;
        }
        configureLogging();
        run(options);
    }

    private static void run(DemoOptions options) throws URISyntaxException {
        try {
            Services services = services(options);
            ShopServer shop = listen(options.port(), "--port", port -> new ShopServer(port, options.threads()));
            configureShop(options, services);
            deploy(shop);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(shop, services), "goodbye"));
            if (options.endWithInput()) {
                endWithInput();
            }
            System.out.print(Guide.text(shop.port(), services.address(), services.played(), options.redis()));
            System.out.flush();
        } catch (CannotStartException notStarted) {
            fail(CANNOT_START, notStarted.reason());
        }
    }

    private static Services services(DemoOptions options) throws CannotStartException, URISyntaxException {
        if (options.services() != null) {
            return Services.elsewhere(options.services());
        }
        Downstreams downstreams = listen(options.downstreamPort(), "--downstream-port", Downstreams::new);
        return Services.here(downstreams, open(downstreams));
    }

    /** The input is a pipe from whoever has started the demo: it ends with that program, however that ends. */
    private static void endWithInput() {
        Thread watch = new Thread(
                () -> {
                    try {
                        System.in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException ended) {
                        // As good an end as any.
                    }
                    System.exit(0);
                },
                "end-with-input");
        watch.setDaemon(true);
        watch.start();
    }

    /** Something that takes a port. */
    private interface Listener<T> {
        T on(int port) throws IOException;
    }

    private static <T> T listen(int port, String option, Listener<T> listener) throws CannotStartException {
        try {
            return listener.on(port);
        } catch (IOException failure) {
            throw new CannotStartException(
                    Reasons.has(failure, BindException.class)
                            ? "Port " + port
                                    + " is in use: stop the program that holds it, or choose another port with "
                                    + option + "."
                            : "Cannot listen on port " + port + ": " + Reasons.of(failure));
        }
    }

    private static DemoDatabases open(Downstreams downstreams) throws CannotStartException, URISyntaxException {
        try {
            DemoDatabases databases = DemoDatabases.open(home().resolve(WAR));
            downstreams.add(databases.primary());
            downstreams.add(databases.replica());
            return databases;
        } catch (IOException | SQLException failure) {
            throw new CannotStartException("The databases cannot be opened: " + Reasons.of(failure));
        }
    }

    /** As an administrator would. */
    private static void configureShop(DemoOptions options, Services services) {
        System.setProperty("SHOP_INVENTORY_URL", services.address() + "/inventory");
        System.setProperty("SHOP_PAYMENTS_URL", services.address() + "/payments");
        DemoDatabases databases = services.databases();
        if (databases != null) {
            System.setProperty("SHOP_PRIMARY_URL", databases.primary().url());
            System.setProperty("SHOP_REPLICA_URL", databases.replica().url());
        }
        // Blank is in memory, whatever the environment of the demo says.
        System.setProperty("SHOP_REDIS", Objects.requireNonNullElse(options.redis(), ""));
        // Nobody but this machine reaches it.
        System.setProperty("SHOP_CONSOLE_ROLE", "");
        System.setProperty("SHOP_CONSOLE_INSECURE", "true");
    }

    private static void deploy(ShopServer shop) throws CannotStartException, URISyntaxException {
        try {
            shop.start(home().resolve(WAR), home().resolve("webapp-lib"));
        } catch (Exception failure) {
            closeQuietly(shop);
            throw new CannotStartException("The shop cannot be deployed: " + Reasons.of(failure));
        }
    }

    /** Takes away the unpacked WAR; whatever else goes wrong now would only hide the reason. */
    private static void closeQuietly(ShopServer shop) {
        try {
            shop.stop();
        } catch (Exception lessTelling) {
            LOG.log(Level.DEBUG, "the shop did not close in order", lessTelling);
        }
    }

    /** The directory of the jar; of the classes' directory, when started from an IDE. */
    private static Path home() throws URISyntaxException {
        Path self = Path.of(
                Demo.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return Objects.requireNonNull(self.getParent());
    }

    private static void stop(ShopServer shop, Services services) {
        System.out.println("Closing the shop.");
        try {
            shop.stop();
        } catch (Exception failure) {
            System.err.println("The shop did not close in order: " + Reasons.of(failure));
        } finally {
            services.close();
        }
        System.out.println("Goodbye.");
    }

    private static void configureLogging() throws IOException {
        try (InputStream settings = Demo.class.getResourceAsStream("logging.properties")) {
            LogManager.getLogManager().readConfiguration(Objects.requireNonNull(settings));
        }
    }

    /** Ends the process, with whatever threads it has by now. */
    private static void fail(int status, String message) {
        System.err.println(message);
        System.exit(status);
    }
}
