/**
 * A small shop API as a user of Seawall would write it: three servlets, and one bean for each service and database that the
 * shop depends on. The limits are in {@code web.xml}; {@link io.seawall.example.InventoryClient},
 * {@link io.seawall.example.PaymentsClient}, {@link io.seawall.example.Catalogue} and what it reads from, and
 * {@link io.seawall.example.ProductSearch} carry {@code @Resilient}; {@link io.seawall.example.OnCall} hears of what happens to
 * them; nothing else knows that Seawall is there.
 */
@NullMarked
package io.seawall.example;

import org.jspecify.annotations.NullMarked;
