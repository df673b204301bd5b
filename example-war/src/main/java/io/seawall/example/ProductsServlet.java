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
        Map<String, Integer> stock = stock();
        JsonArrayBuilder products = Json.createArrayBuilder();
        for (Product product : catalogue.products()) {
            products.add(json(product, stock));
        }
        if (stock.isEmpty()) {
            response.setHeader("Cache-Control", "no-store");
        }
        JsonAnswer.writeCacheable(response, products.build());
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
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("id", product.id())
                .add("name", product.name())
                .add("priceCents", product.priceCents());
        Integer pieces = stock.get(product.id());
        return pieces == null ? json.addNull("stock") : json.add("stock", pieces);
    }
}
