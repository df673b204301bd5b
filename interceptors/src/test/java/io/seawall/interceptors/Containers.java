package io.seawall.interceptors;

import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;

/** Starts Weld with the beans of one test and nothing else. */
final class Containers {

    private Containers() {}

    @SuppressWarnings("unchecked") // addExtensions(Class<? extends Extension>...) makes an array of generics
    static SeContainer start(Class<?>... beans) {
        return SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(ResilientExtension.class)
                .addBeanClasses(ResilientInterceptor.class)
                .addBeanClasses(beans)
                .initialize();
    }
}
