package com.example;

import jakarta.ws.rs.Path;

/** A resource of the shop. */
@Path("orders")
public class OrderResource {}
