package io.seawall.example;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonReaderFactory;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/checkout} with {@code {"product":"mug","quantity":2}}: takes an order and charges it.
 *
 * <p>Answers 201 when it is paid, 202 when it will be charged later, 402 when payments declined it; 400, 404, 413 and 415
 * for what is wrong with the request, 503 while no database knows the price.
 */
@WebServlet(urlPatterns = "/api/checkout", asyncSupported = true)
@SuppressWarnings("serial") // No container serializes a servlet; its beans could not be.
public class CheckoutServlet extends HttpServlet {

    /** Ten times what an order needs. */
    static final int MAX_BODY_BYTES = 1024;

    private final JsonReaderFactory readers = Json.createReaderFactory(Map.of());

    @Inject
    Catalogue catalogue;

    @Inject
    PaymentsClient payments;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (!isJson(request.getContentType())) {
            JsonAnswer.problem(response, 415, "Unsupported Media Type", "send the order as application/json");
            return;
        }
        byte[] body = request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
        if (body.length > MAX_BODY_BYTES) {
            JsonAnswer.problem(response, 413, "Content Too Large", "an order has at most " + MAX_BODY_BYTES + " bytes");
            return;
        }
        try {
            answer(CheckoutRequest.parse(body, readers), response);
        } catch (InvalidFieldException invalid) {
            JsonAnswer.problem(response, invalid);
        }
    }

    private void answer(CheckoutRequest checkout, HttpServletResponse response) throws ServletException, IOException {
        Optional<Product> product;
        try {
            product = find(checkout.product());
        } catch (SQLException noDatabase) {
            JsonAnswer.unavailable(response);
            return;
        }
        if (product.isEmpty()) {
            JsonAnswer.problem(response, 404, "Not Found", "no such product: GET /api/products lists what there is");
            return;
        }
        String order = UUID.randomUUID().toString();
        switch (charge(order, product.get().priceCents() * checkout.quantity())) {
            case PAID -> write(response, HttpServletResponse.SC_CREATED, order, "paid");
            case PENDING -> write(response, HttpServletResponse.SC_ACCEPTED, order, "payment-pending");
            case DECLINED -> JsonAnswer.problem(response, 402, "Payment Required", "the payment was declined");
        }
    }

    /** A price that was right ten minutes ago is better than no order. */
    private Optional<Product> find(String id) throws SQLException {
        return catalogue.products().stream()
                .filter(product -> product.id().equals(id))
                .findFirst();
    }

    private Payment charge(String order, long amountCents) throws ServletException, IOException {
        try {
            return payments.charge(order, amountCents);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new ServletException("the server is stopping", interrupt);
        }
    }

    private static void write(HttpServletResponse response, int status, String order, String text) throws IOException {
        JsonAnswer.write(
                response,
                status,
                Json.createObjectBuilder()
                        .add("order", order)
                        .add("status", text)
                        .build());
    }

    /** The media type alone: parameters, such as a charset, do not matter. */
    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.strip().equalsIgnoreCase("application/json");
    }
}
