package com.example;

import io.seawall.filter.client.ClientIdentifier;
import jakarta.servlet.http.HttpServletRequest;

/** A tenant is a client, whoever of its people asks. */
public final class ByTenant implements ClientIdentifier {

    @Override
    public String identify(HttpServletRequest request) {
        return (String) request.getAttribute("com.example.verified-tenant");
    }
}
