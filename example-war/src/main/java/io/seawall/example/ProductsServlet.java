package io.seawall.example;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * {@code GET /api/products}: what the shop sells, with prices in cents and pieces in stock; {@code "stock":null} where that
 * is unknown. How long caches may keep it is told in {@code web.xml}; without stock they must not, or a short outage would be seen for as long.
 */
@WebServlet(urlPatterns = "/api/products", asyncSupported = true)
@SuppressWarnings("serial") // No container serializes a servlet; its beans could not be.
public class ProductsServlet extends HttpServlet {

    @Inject
    Catalogue catalogue;

    @Inject
    InventoryClient inventory;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        List<Product> products;
        try {
            products = catalogue.products();
        } catch (SQLException noDatabase) {
            JsonAnswer.unavailable(response);
            return;
        }
        Map<String, Integer> stock = stock();
        JsonArrayBuilder json = Json.createArrayBuilder();
        for (Product product : products) {
            json.add(json(product, stock));
        }
        if (stock.isEmpty()) {
            response.setHeader("Cache-Control", "no-store");
        }
        JsonAnswer.writeCacheable(response, json.build());
    }

    private Map<String, Integer> stock() throws ServletException, IOException {
        try {
            return inventory.stock();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new ServletException("the server is stopping", interrupt);
        }
    }

    private static JsonObjectBuilder json(Product product, Map<String, Integer> stock) {
        JsonObjectBuilder json = product.json();
        Integer pieces = stock.get(product.id());
        return pieces == null ? json.addNull("stock") : json.add("stock", pieces);
    }
}
