package io.seawall.observe.console;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** Who may see the console, and who may change something, by the roles of the container. Never asks for a session. */
final class Access {

    private static final String EVERYBODY = "**";

    private final ConsoleSettings settings;
    private final RareLog log;

    Access(ConsoleSettings settings, RareLog log) {
        this.settings = settings;
        this.log = log;
    }

    /**
     * Lets one in, or throws what he is told.
     *
     * @param isPage whether it is for the page, whose user can be asked to log in
     * @return null if the container has answered by itself, and asks who it is
     */
    @Nullable
    Viewer admit(HttpServletRequest request, HttpServletResponse response, boolean isPage) throws IOException {
        String role = settings.role();
        if (role == null) {
            return new Viewer(name(request), true);
        }
        if (request.getUserPrincipal() == null && !login(request, response, isPage)) {
            return null;
        }
        if (!has(role, request)) {
            log.warn("the console was asked for by " + Viewer.shown(name(request)) + ", who does not have the role '"
                    + role + "' that may see it");
            throw new Problem(403, "You do not have the role that may see this console.");
        }
        String actionRole = settings.actionRole();
        return new Viewer(name(request), actionRole != null && has(actionRole, request));
    }

    /** What {@code **} means to servlets (section 13.3), not every server knows. */
    private static boolean has(String role, HttpServletRequest request) {
        return role.equals(EVERYBODY) ? request.getUserPrincipal() != null : request.isUserInRole(role);
    }

    /** Whatever way the application has to log in. A program is only asked if it has brought something to be known by. */
    private boolean login(HttpServletRequest request, HttpServletResponse response, boolean isPage) throws IOException {
        if (!isPage && request.getHeader("Authorization") == null) {
            throw notLoggedIn();
        }
        try {
            if (request.authenticate(response)) {
                return true;
            }
        } catch (ServletException | RuntimeException noWay) {
            throw notLoggedIn();
        }
        if (!response.isCommitted() && response.getStatus() == HttpServletResponse.SC_OK) {
            throw notLoggedIn();
        }
        return false;
    }

    private Problem notLoggedIn() {
        log.warn(
                "the console was asked for by somebody who is not logged in: give its path a security-constraint and the"
                        + " application a login-config, as docs/console.md has them");
        return new Problem(403, "You are not logged in.");
    }

    private static @Nullable String name(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        return principal == null ? null : principal.getName();
    }

    /** Throws what one is told who may only look. */
    void requireMayAct(Viewer viewer) {
        if (viewer.mayAct()) {
            return;
        }
        String actionRole = settings.actionRole();
        log.warn(viewer.shown() + " has tried to change something in the console, "
                + (actionRole == null
                        ? "which is read-only without the init-param 'action-role'"
                        : "and does not have the role '" + actionRole + "' that may"));
        throw new Problem(
                403,
                actionRole == null
                        ? "This console is read-only: its init-param 'action-role' names the role that may change something."
                        : "You do not have the role that may change something.");
    }
}
