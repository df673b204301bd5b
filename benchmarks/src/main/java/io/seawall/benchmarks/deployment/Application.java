package io.seawall.benchmarks.deployment;

import io.seawall.interceptors.ResilientExtension;
import io.seawall.interceptors.ResilientInterceptor;
import jakarta.enterprise.inject.se.SeContainerInitializer;

/** The kinds of application that are compared: the same beans, guarded by more and more. */
enum Application {
    PLAIN("no interceptor", "") {
        @Override
        void prepare(SeContainerInitializer container) {
            // nothing to add
        }
    },
    INTERCEPTED("an interceptor that does nothing", "@io.seawall.benchmarks.deployment.Watched") {
        @Override
        void prepare(SeContainerInitializer container) {
            container.addBeanClasses(WatchedInterceptor.class);
        }
    },
    RESILIENT(
            "@Resilient",
            "@io.seawall.interceptors.Resilient(target = \"target%d\", timeout = \"2s\", fallback = \"instead\")") {
        @Override
        @SuppressWarnings("unchecked") // addExtensions(Class<? extends Extension>...) makes an array of generics
        void prepare(SeContainerInitializer container) {
            container.addExtensions(ResilientExtension.class).addBeanClasses(ResilientInterceptor.class);
        }
    };

    /** Of generated classes, each in a package per kind. */
    static final int BEANS = 50;

    /** Of each bean, beside the one that falls in. */
    static final int METHODS = 10;

    private final String title;
    private final String annotation;

    Application(String title, String annotation) {
        this.title = title;
        this.annotation = annotation;
    }

    abstract void prepare(SeContainerInitializer container);

    String title() {
        return title;
    }

    static String beanName(int bean) {
        return "shop.Bean" + bean;
    }

    /** The source of a bean, with a target of its own, which its methods share. */
    String source(int bean) {
        StringBuilder source = new StringBuilder(
                        "package shop;\n@jakarta.enterprise.context.ApplicationScoped\npublic class Bean")
                .append(bean)
                .append(" {\n  String instead(String order) { return order; }\n");
        for (int method = 0; method < METHODS; method++) {
            source.append("  ")
                    .append(annotation.replace("%d", Integer.toString(bean)))
                    .append(" public String method")
                    .append(method)
                    .append("(String order) { return order + ")
                    .append(method)
                    .append("; }\n");
        }
        return source.append("}\n").toString();
    }
}
