package io.seawall.example;

import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;

/**
 * What a customer wants to buy; cannot exist wrong.
 *
 * @param product the id of a product, 1 to {@value #MAX_ID_LENGTH} characters; whether the shop sells it is another question
 * @param quantity how many, 1 to {@value #MAX_QUANTITY}
 */
record CheckoutRequest(String product, int quantity) {

    static final int MAX_ID_LENGTH = 64;

    static final int MAX_QUANTITY = 100;

    private static final String PRODUCT_RULE = "must be the id of a product, 1 to " + MAX_ID_LENGTH + " characters";

    private static final String QUANTITY_RULE = "must be a whole number from 1 to " + MAX_QUANTITY;

    CheckoutRequest {
        if (product.isBlank() || product.length() > MAX_ID_LENGTH) {
            throw new InvalidFieldException("product", PRODUCT_RULE);
        }
        if (quantity < 1 || quantity > MAX_QUANTITY) {
            throw new InvalidFieldException("quantity", QUANTITY_RULE);
        }
    }

    /**
     * Reads the body of a request.
     *
     * @throws InvalidFieldException naming the first field that breaks its rule
     */
    static CheckoutRequest parse(byte[] body, JsonReaderFactory readers) {
        try (JsonReader reader = readers.createReader(new ByteArrayInputStream(body))) {
            JsonObject json = reader.readObject();
            return new CheckoutRequest(product(json), quantity(json));
        } catch (JsonException notAnObject) {
            throw new InvalidFieldException("body", "must be a JSON object, as {\"product\":\"mug\",\"quantity\":2}");
        }
    }

    private static String product(JsonObject json) {
        if (json.get("product") instanceof JsonString id) {
            return id.getString();
        }
        throw new InvalidFieldException("product", PRODUCT_RULE);
    }

    private static int quantity(JsonObject json) {
        if (json.get("quantity") instanceof JsonNumber number && number.isIntegral()) {
            try {
                return number.intValueExact();
            } catch (ArithmeticException beyondInt) {
                throw new InvalidFieldException("quantity", QUANTITY_RULE);
            }
        }
        throw new InvalidFieldException("quantity", QUANTITY_RULE);
    }
}
