package io.seawall.example;

/** How far the payment of an order has come. */
public enum Payment {
    /** The money is there. */
    PAID,
    /** Payments could not be asked: the order stands and is charged later. */
    PENDING,
    /** Payments said no. */
    DECLINED
}
