package io.seawall.probe.web;

import io.seawall.probe.beans.Cases;
import io.seawall.probe.beans.Run;
import io.seawall.probe.beans.Runner;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /run/GROUP/CASE?failures=N&checked=BOOLEAN&writes=BOOLEAN} runs a case, {@code /run?id=ID&writes=BOOLEAN} tells of a
 * run. Answers lines of {@code name=value}, or 501 if the server has not what the group needs.
 */
@WebServlet("/run/*")
public class RunServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    @SuppressWarnings("serial") // A proxy of the container's; servlets are not written anywhere.
    Runner runner;

    /** Asked for here: of an EAR, this module sees the beans of the other, and not the other way round. */
    @Inject
    @Any
    @SuppressWarnings("serial") // As above.
    Instance<Cases> groups;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean writes = Boolean.parseBoolean(request.getParameter("writes"));
        Optional<Map<String, String>> report = request.getPathInfo() == null
                ? Optional.of(runner.report(request.getParameter("id"), writes))
                : run(request, writes);
        if (report.isEmpty()) {
            response.setStatus(HttpServletResponse.SC_NOT_IMPLEMENTED);
            return;
        }
        response.setContentType("text/plain;charset=UTF-8");
        for (Map.Entry<String, String> entry : report.get().entrySet()) {
            response.getWriter().println(entry.getKey() + "=" + entry.getValue());
        }
    }

    private Optional<Map<String, String>> run(HttpServletRequest request, boolean writes) {
        String[] path = request.getPathInfo().split("/", 3);
        Instance<Cases> cases = groups.select(NamedLiteral.of(path[1]));
        if (!cases.isResolvable()) {
            return Optional.empty();
        }
        Run run = new Run(
                Integer.parseInt(request.getParameter("failures")),
                Boolean.parseBoolean(request.getParameter("checked")));
        return Optional.of(runner.run(cases.get(), path[2], run, writes));
    }
}
