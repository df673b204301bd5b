package io.seawall.example;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Something the shop sells.
 *
 * @param id what clients call it; lower-case letters
 * @param name what people call it
 * @param priceCents the price of one, in cents
 */
public record Product(String id, String name, long priceCents) {

    /** The question for all of them. */
    static final String ALL = "SELECT id, name, price_cents FROM product ORDER BY shelf";

    /** The question for those of a name, whose one parameter is the {@link SearchText#pattern}. */
    static final String BY_NAME = "SELECT id, name, price_cents FROM product"
            + " WHERE LOWER(name) LIKE LOWER(?) ESCAPE '!' ORDER BY shelf FETCH FIRST 20 ROWS ONLY";

    /** The row of an answer that is current. */
    static Product of(ResultSet row) throws SQLException {
        return new Product(row.getString(1), row.getString(2), row.getLong(3));
    }

    JsonObjectBuilder json() {
        return Json.createObjectBuilder().add("id", id).add("name", name).add("priceCents", priceCents);
    }
}
