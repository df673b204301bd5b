package io.seawall.filter.answer;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/** An application's own writer, and the built-in one for when that fails: a client is refused in any case. */
final class GuardedWriter implements RefusalWriter {

    private static final Logger LOG = System.getLogger(GuardedWriter.class.getName());

    private final RefusalWriter own;
    private final RefusalWriter builtIn;
    private final AtomicBoolean warned = new AtomicBoolean();

    GuardedWriter(RefusalWriter own, RefusalWriter builtIn) {
        this.own = own;
        this.builtIn = builtIn;
    }

    @Override
    public void write(HttpServletRequest request, HttpServletResponse response, Refusal refusal)
            throws IOException, ServletException {
        try {
            own.write(request, response, refusal);
        } catch (IOException | ServletException | RuntimeException e) {
            if (response.isCommitted()) {
                // Half an answer that looks whole would be worse than one that the container breaks off.
                throw e;
            }
            warn(e);
            response.resetBuffer();
            response.setStatus(refusal.status());
            builtIn.write(request, response, refusal);
        }
    }

    /** Once: whoever is refused could fill the log. */
    private void warn(Exception e) {
        Level level = warned.compareAndSet(false, true) ? Level.WARNING : Level.DEBUG;
        LOG.log(
                level,
                "refusal-page " + own.getClass().getName()
                        + " has failed, and the client got the built-in body; mend it, further failures are logged at level DEBUG",
                e);
    }
}
