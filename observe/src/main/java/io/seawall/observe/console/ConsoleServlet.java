package io.seawall.observe.console;

import io.seawall.observe.PublishedMetrics;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A page for those who run the application: what is refused, which target is sick, and what can be done about it by hand; and the
 * JSON that the page reads. Declare it in {@code web.xml}; without, nothing is shown.
 *
 * <pre>{@code
 * <servlet>
 *   <servlet-name>console</servlet-name>
 *   <servlet-class>io.seawall.observe.console.ConsoleServlet</servlet-class>
 *   <init-param>
 *     <param-name>role</param-name>
 *     <param-value>operator</param-value>
 *   </init-param>
 *   <load-on-startup>1</load-on-startup>
 * </servlet>
 * <servlet-mapping>
 *   <servlet-name>console</servlet-name>
 *   <url-pattern>/seawall/*</url-pattern>
 * </servlet-mapping>
 * }</pre>
 *
 * <p>Init-params; a value may hold <code>${NAME}</code> or <code>${NAME:default}</code>. An unknown one, a bad value or a contradiction
 * stops the deployment, and so does a console without {@code role} and {@code insecure}.
 *
 * <table>
 * <caption>Init-params</caption>
 * <tr><th>name</th><th>default</th><th>meaning</th></tr>
 * <tr><td>{@code role}</td><td>none</td><td>the role of the container that may see it; {@code **}: everybody who is logged
 * in</td></tr>
 * <tr><td>{@code action-role}</td><td>blank: read-only</td><td>who has this role, too, may change something; it may be the same
 * one</td></tr>
 * <tr><td>{@code insecure}</td><td>{@code false}</td><td>{@code true}: everybody who reaches it may see and change everything; for
 * demonstrations, not with a role</td></tr>
 * <tr><td>{@code origins}</td><td>none</td><td>where the page is seen, as {@code https://ops.example.com}, if a proxy tells the server
 * another host; several with {@code ,} between them</td></tr>
 * <tr><td>{@code node}</td><td>{@code ${HOSTNAME:}}</td><td>what this node is called on the page</td></tr>
 * </table>
 *
 * <p>How to have the container ask for a login, the JSON, and what it costs: docs/console.md.
 */
public final class ConsoleServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    static final String NOTHING_HERE = "There is nothing here.";

    private static final Logger LOG = System.getLogger(ConsoleServlet.class.getName());
    private static final String STATE = "/api/state";
    private static final String HISTORY = "/api/history";
    private static final String ACTION = "/api/action";
    private static final String EXPLAIN = "/api/explain";
    private static final String READ = "GET, HEAD";
    private static final String WRITE = "POST";
    private static final long STATE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final transient LongSupplier nanoTime;
    private final transient InstantSource clock;
    private transient Parts parts;

    /** What {@link #init} makes. */
    private record Parts(
            Access access,
            SameSite sameSite,
            RareLog crossSite,
            RareLog failures,
            Assets assets,
            SharedAnswer state,
            HistoryText history,
            Actions actions,
            ExplainText explain,
            SetLimits setLimits,
            Beat beat) {}

    /** For the container. */
    public ConsoleServlet() {
        this(System::nanoTime, InstantSource.system());
    }

    /** On a clock of a test. */
    @SuppressWarnings("NullAway.Init") // by init
    ConsoleServlet(LongSupplier nanoTime, InstantSource clock) {
        this.nanoTime = nanoTime;
        this.clock = clock;
    }

    @Override
    public void init() throws ServletException {
        ConsoleSettings settings = ConsoleSettings.read(getServletConfig());
        requirePrefix();
        Assets assets;
        try {
            assets = new Assets();
        } catch (IOException e) {
            throw new ServletException(e.getMessage(), e);
        }
        PublishedMetrics metrics = new PublishedMetrics(getServletContext());
        Sources sources = new Sources(getServletContext());
        Recorder recorder = new Recorder(metrics::read, nanoTime, clock);
        HistoryText history = new HistoryText(recorder.history());
        SetLimits setLimits = new SetLimits(nanoTime);
        StateText state =
                new StateText(sources, recorder, setLimits, clock, Node.of(getServletContext(), settings, clock));
        parts = new Parts(
                new Access(settings, new RareLog(LOG, nanoTime)),
                new SameSite(settings.origins()),
                new RareLog(LOG, nanoTime),
                new RareLog(LOG, nanoTime),
                assets,
                new SharedAnswer(STATE_NANOS, nanoTime, () -> JsonText.bytes(state::writeTo)),
                history,
                new Actions(sources, clock),
                new ExplainText(sources),
                setLimits,
                new Beat("seawall-console", History.STEP_MILLIS, () -> {
                    recorder.sample();
                    history.dropOld();
                }));
        parts.beat.start();
        if (settings.insecure()) {
            LOG.log(
                    Level.WARNING,
                    "the console ''{0}'' of application ''{1}'' is insecure: everybody who reaches it sees and changes"
                            + " everything; give it a role in place of insecure=true",
                    getServletName(),
                    getServletContext().getContextPath() + "/");
        }
    }

    /** The page names its files, and they must come here. */
    private void requirePrefix() throws ServletException {
        ServletRegistration registration = getServletContext().getServletRegistration(getServletName());
        Collection<String> mappings = registration == null ? null : registration.getMappings();
        if (mappings != null && !mappings.isEmpty() && mappings.stream().noneMatch(pattern -> pattern.endsWith("/*"))) {
            throw new ServletException("servlet '" + getServletName() + "' is mapped to " + mappings
                    + ": the console needs a path with everything below it, as /seawall/*");
        }
    }

    @Override
    public void destroy() {
        if (parts != null) {
            parts.beat.close();
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        StrictFields.set(response);
        try {
            answer(request, response);
        } catch (Problem problem) {
            say(problem, request, response);
        } catch (RuntimeException broken) {
            parts.failures.warn("the console cannot answer", broken);
            say(new Problem(500, "The console cannot answer; the log of the server says why."), request, response);
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        boolean isWrite = ACTION.equals(path) || EXPLAIN.equals(path);
        requireMethod(isWrite, request, response);
        if (isWrite) {
            requireSameSite(request); // before a login is asked for, which another site must not bring about
        }
        Viewer viewer = parts.access.admit(request, response, path == null || !path.startsWith("/api/"));
        if (viewer == null) {
            return;
        }
        if (path == null) {
            redirect(request, response);
        } else if (path.equals(ACTION)) {
            parts.access.requireMayAct(viewer);
            String done = act(body(request), viewer);
            json(JsonText.bytes(json -> json.field("done", done)), request, response);
        } else if (path.equals(EXPLAIN)) {
            json(parts.explain.of(body(request)), request, response);
        } else if (path.equals(STATE)) {
            json(forViewer(viewer), request, response);
        } else if (path.equals(HISTORY)) {
            json(parts.history.since(since(request)), request, response);
        } else {
            parts.assets.send(path, request, response);
        }
    }

    private String act(JsonBody body, Viewer viewer) {
        try {
            return parts.actions.act(body, viewer);
        } finally { // also what has failed may have changed something
            parts.setLimits.changed();
            parts.state.forget();
        }
    }

    private static JsonBody body(HttpServletRequest request) throws IOException {
        return JsonBody.read(request.getInputStream(), request.getContentLengthLong());
    }

    private static void requireMethod(boolean isWrite, HttpServletRequest request, HttpServletResponse response) {
        String method = request.getMethod();
        if (isWrite ? !method.equals("POST") : !method.equals("GET") && !method.equals("HEAD")) {
            response.setHeader("Allow", isWrite ? WRITE : READ);
            throw new Problem(405, "Use " + (isWrite ? WRITE : READ) + ".");
        }
    }

    private void requireSameSite(HttpServletRequest request) {
        try {
            parts.sameSite.require(request);
        } catch (Problem refused) {
            parts.crossSite.warn(
                    "the console was sent an action that its own page does not send so: " + refused.detail());
            throw refused;
        }
    }

    /** To the same with a slash, so that the page finds its files; relative, as only the browser knows where a proxy has put it. */
    private static void redirect(HttpServletRequest request, HttpServletResponse response) {
        String uri = request.getRequestURI();
        String last = uri.substring(uri.lastIndexOf('/') + 1);
        int parameters = last.indexOf(';');
        response.setStatus(HttpServletResponse.SC_FOUND);
        response.setHeader("Location", "./" + (parameters < 0 ? last : last.substring(0, parameters)) + "/");
    }

    private static long since(HttpServletRequest request) {
        try {
            String since = request.getParameter("since");
            return since == null ? Long.MIN_VALUE : Long.parseLong(since);
        } catch (RuntimeException e) { // also of servers that cannot read the query
            throw new Problem(400, "since must be a whole number: the last of the times that you have");
        }
    }

    /** What is the viewer's own, before what all see. */
    private byte[] forViewer(Viewer viewer) {
        byte[] own = JsonText.bytes(
                json -> json.field("principal", viewer.principal()).field("mayAct", viewer.mayAct()));
        byte[] shared = parts.state.get();
        byte[] both = new byte[own.length + shared.length - 1];
        System.arraycopy(own, 0, both, 0, own.length - 1);
        both[own.length - 1] = ',';
        System.arraycopy(shared, 1, both, own.length, shared.length - 1);
        return both;
    }

    private static void json(byte[] bytes, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        send("application/json", bytes, request, response);
    }

    private static void say(Problem problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(problem.status());
        boolean isApi = isApi(request.getPathInfo());
        byte[] bytes = isApi
                ? JsonText.bytes(json -> json.field("type", "about:blank")
                        .field("title", problem.title())
                        .field("status", problem.status())
                        .field("detail", problem.detail()))
                : (problem.status() + " " + problem.title() + "\n" + problem.detail() + "\n")
                        .getBytes(StandardCharsets.UTF_8);
        send(isApi ? "application/problem+json" : "text/plain;charset=UTF-8", bytes, request, response);
    }

    private static boolean isApi(@Nullable String path) {
        return path != null && path.startsWith("/api/");
    }

    private static void send(String contentType, byte[] bytes, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setContentType(contentType);
        if (request.getMethod().equals("HEAD")) {
            response.setContentLength(bytes.length);
        } else {
            // The container finds the length. Jetty would send all at once by it, and could not say any more that the
            // connection ends, as it does where the body of a request that is refused has not come yet.
            response.getOutputStream().write(bytes);
        }
    }
}
