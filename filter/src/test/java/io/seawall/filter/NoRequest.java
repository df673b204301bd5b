package io.seawall.filter;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;

/** A request that must not be asked anything. */
final class NoRequest {

    private NoRequest() {}

    static HttpServletRequest get() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                NoRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> {
                    throw new AssertionError("asked for " + method.getName());
                });
    }
}
