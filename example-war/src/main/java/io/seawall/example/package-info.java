/**
 * A small shop API as a user of Seawall would write it: two servlets, and one bean for each service that the shop depends
 * on. The limits are in {@code web.xml}; {@link io.seawall.example.InventoryClient} and
 * {@link io.seawall.example.PaymentsClient} carry {@code @Resilient}; {@link io.seawall.example.OnCall} hears of what happens to
 * them; nothing else knows that Seawall is there.
 */
@NullMarked
package io.seawall.example;

import org.jspecify.annotations.NullMarked;
