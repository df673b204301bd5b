package io.seawall.probe.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * {@code /management} lists what Seawall shows by JMX in this JVM, for all applications; {@code ?name=NAME&operation=OPERATION}
 * invokes an operation without parameters.
 */
@WebServlet("/management")
public class ManagementServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        response.setContentType("text/plain;charset=UTF-8");
        try {
            if (request.getParameter("operation") == null) {
                for (ObjectName name : server.queryNames(new ObjectName("io.seawall:*"), null)) {
                    response.getWriter().println(name.getCanonicalName());
                }
            } else {
                Object result = server.invoke(
                        new ObjectName(request.getParameter("name")),
                        request.getParameter("operation"),
                        new Object[0],
                        new String[0]);
                response.getWriter()
                        .println(
                                result instanceof Object[] several ? Arrays.toString(several) : String.valueOf(result));
            }
        } catch (JMException e) {
            throw new ServletException(e);
        }
    }
}
