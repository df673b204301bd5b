package io.seawall.example;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The error page of the application: whatever the container or a servlet could not answer becomes a problem document. It
 * tells the status and nothing of the cause, which is in the log of the server.
 */
@WebServlet(urlPatterns = "/error", asyncSupported = true)
public class ErrorServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // Asked for by a client and not by the container, there is no error to tell of.
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                ? code
                : HttpServletResponse.SC_NOT_FOUND;
        JsonAnswer.problem(response, status, title(status), detail(status));
    }

    private static String title(int status) {
        return switch (status) {
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            default -> status < 500 ? "Bad Request" : "Internal Server Error";
        };
    }

    private static String detail(int status) {
        return status < 500 ? "the request cannot be answered" : "the shop could not answer; it is not your fault";
    }
}
