package io.seawall.observe;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collections;

/**
 * Shows the metrics of the application: in the text format of Prometheus 0.0.4, or of OpenMetrics 1.0 to whoever accepts that.
 * Declare it in {@code web.xml}; without, nothing is shown.
 *
 * <pre>{@code
 * <servlet>
 *   <servlet-name>metrics</servlet-name>
 *   <servlet-class>io.seawall.observe.MetricsServlet</servlet-class>
 * </servlet>
 * <servlet-mapping>
 *   <servlet-name>metrics</servlet-name>
 *   <url-pattern>/metrics</url-pattern>
 * </servlet-mapping>
 * }</pre>
 *
 * <p>It tells everybody who reaches it the names of policies and targets, and how busy they are: protect it, by a
 * {@code security-constraint} or by a proxy that keeps the path to itself. It tells of no client. Which metrics there are:
 * docs/metrics.md.
 */
public final class MetricsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient ExpositionFormatWriter prometheus = PrometheusTextFormatWriter.create();
    private final transient ExpositionFormatWriter openMetrics = OpenMetricsTextFormatWriter.create();
    private transient PublishedMetrics metrics;

    /** For the container. */
    @SuppressWarnings("NullAway.Init") // by init
    public MetricsServlet() {}

    @Override
    public void init() {
        metrics = new PublishedMetrics(getServletContext());
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ExpositionFormatWriter format = accepts(request, openMetrics) ? openMetrics : prometheus;
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        format.write(text, PrometheusModel.of(metrics.read()), EscapingScheme.UNDERSCORE_ESCAPING);
        response.setContentType(format.getContentType());
        response.setHeader("Cache-Control", "no-store");
        response.addHeader("Vary", "Accept");
        response.setContentLength(text.size());
        text.writeTo(response.getOutputStream());
    }

    /** What is inherited would echo the request. */
    @Override
    protected void doTrace(HttpServletRequest request, HttpServletResponse response) {
        doOptions(request, response);
        response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    }

    @Override
    protected void doOptions(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Allow", "GET, HEAD, OPTIONS");
    }

    private static boolean accepts(HttpServletRequest request, ExpositionFormatWriter format) {
        return Collections.list(request.getHeaders("Accept")).stream().anyMatch(format::accepts);
    }
}
