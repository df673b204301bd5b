package io.seawall.observe.health;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Tells load balancers and Kubernetes whether the application takes requests. Declare it in {@code web.xml}; without, it is off.
 *
 * <pre>{@code
 * <servlet>
 *   <servlet-name>health</servlet-name>
 *   <servlet-class>io.seawall.observe.health.HealthServlet</servlet-class>
 *   <init-param>
 *     <param-name>critical</param-name>
 *     <param-value>payments</param-value>
 *   </init-param>
 * </servlet>
 * <servlet-mapping>
 *   <servlet-name>health</servlet-name>
 *   <url-pattern>/health/*</url-pattern>
 * </servlet-mapping>
 * }</pre>
 *
 * <p>{@code /live} is 200 whenever the application answers, whatever becomes of what it depends on. {@code /ready} is 200 or 503, with the
 * answer of MicroProfile Health 4.0: 503 while the application starts or drains ({@link Draining}), and while something is down that an
 * init-param names. Every other path is 404. A check asks no dependency.
 *
 * <table>
 * <caption>Init-params, all optional</caption>
 * <tr><th>name</th><th>default</th><th>meaning</th></tr>
 * <tr><td>{@code critical}</td><td>none</td><td>names of targets, with {@code ,} between them: the application is not ready while the
 * circuit of one refuses calls</td></tr>
 * <tr><td>{@code critical-store}</td><td>{@code false}</td><td>whether it is not ready while Redis is away</td></tr>
 * <tr><td>{@code store-grace}</td><td>{@code 10s}</td><td>for longer than this, 0 s to 1 h</td></tr>
 * <tr><td>{@code drain-status}</td><td>{@code 503}</td><td>what {@code /ready} answers while the application drains: {@code 404} for
 * HAProxy with {@code http-check disable-on-404}</td></tr>
 * </table>
 *
 * <p>A value may hold <code>${NAME}</code> or <code>${NAME:default}</code>. What is set outside, under {@code seawall.health.} and the name,
 * wins. An unknown one, or a bad value, stops the deployment. More: docs/health.md.
 */
public final class HealthServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String ALIVE = "{\"status\":\"UP\",\"checks\":[]}";

    private transient Health health;
    /** What {@code /ready} answers while the application drains. */
    private int drainStatus;

    /** For the container. */
    @SuppressWarnings("NullAway.Init") // by init
    public HealthServlet() {}

    @Override
    public void init() throws ServletException {
        try {
            health = Health.of(getServletContext());
            HealthParams params = HealthParams.of(getServletContext());
            health.requireHeeded(getServletName(), params);
            drainStatus = HealthSettings.drainStatus(params.of(getServletName()));
            HealthInitializer.tellCdi(getServletContext()); // if nobody else has
        } catch (IllegalArgumentException e) {
            throw new ServletException(e.getMessage(), e.getCause());
        }
    }

    /** All methods at once: what is inherited would echo a TRACE. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        boolean isHead = request.getMethod().equals("HEAD");
        if (!isHead && !request.getMethod().equals("GET")) {
            response.setHeader("Allow", "GET, HEAD");
            response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        String path = path(request);
        if (path.equals("/live")) {
            answer(response, HttpServletResponse.SC_OK, ALIVE, isHead);
        } else if (path.equals("/ready")) {
            HealthReport report = health.look();
            answer(response, status(report), HealthJson.of(report), isHead);
        } else {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    /** What is below the servlet, or the last of a path that is mapped alone. */
    private static String path(HttpServletRequest request) {
        String below = request.getPathInfo();
        if (below != null) {
            return below;
        }
        String path = request.getServletPath();
        return path.substring(Math.max(0, path.lastIndexOf('/')));
    }

    private int status(HealthReport report) {
        if (report.isReady()) {
            return HttpServletResponse.SC_OK;
        }
        return report.state() == HealthReport.State.DRAINING ? drainStatus : HttpServletResponse.SC_SERVICE_UNAVAILABLE;
    }

    private static void answer(HttpServletResponse response, int status, String json, boolean isHead)
            throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        if (!isHead) {
            response.getOutputStream().write(body);
        }
    }
}
