package io.seawall.example;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;

/**
 * {@code GET /api/search?q=mug}: products by a part of their name, without their stock. 400 for what cannot be searched for,
 * 503 while too many search or the replica is away.
 */
@WebServlet(urlPatterns = "/api/search", asyncSupported = true)
@SuppressWarnings("serial") // No container serializes a servlet; its beans could not be.
public class SearchServlet extends HttpServlet {

    @Inject
    ProductSearch search;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            JsonArrayBuilder found = Json.createArrayBuilder();
            for (Product product : search.find(SearchText.parse(request.getParameter("q")))) {
                found.add(product.json());
            }
            JsonAnswer.write(response, HttpServletResponse.SC_OK, found.build());
        } catch (InvalidFieldException invalid) {
            JsonAnswer.problem(response, invalid);
        } catch (SQLException noReplica) {
            JsonAnswer.unavailable(response);
        }
    }
}
