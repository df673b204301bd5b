package io.seawall.site;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** An application behind the recipes: a login, hooks that take what comes, and an API that fails where it is told to. */
public final class RecipeServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        boolean isHook = request.getPathInfo().startsWith("/hooks/");
        response.setStatus(isHook ? 202 : "right".equals(request.getParameter("password")) ? 200 : 401);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(request.getPathInfo().endsWith("/fail") ? 500 : 200);
    }
}
