package io.seawall.interceptors.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.resilience.RejectedException;
import jakarta.ejb.EJBException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Providers;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EjbExceptionMapperTest {

    private final Map<Class<?>, ExceptionMapper<?>> mappers = new LinkedHashMap<>();
    private final EjbExceptionMapper mapper = new EjbExceptionMapper();

    EjbExceptionMapperTest() {
        mapper.providers = new OfApplication(mappers);
        mappers.put(EJBException.class, mapper);
        mappers.put(RejectedException.class, new RejectedExceptionMapper());
    }

    /** The mappers of an application, the nearest first. */
    private record OfApplication(Map<Class<?>, ExceptionMapper<?>> mappers) implements Providers {

        @Override
        @SuppressWarnings({"unchecked", "NullAway"}) // null for none, as the interface says
        public <T extends Throwable> ExceptionMapper<T> getExceptionMapper(Class<T> type) {
            for (Class<?> nearest = type; nearest != Object.class; nearest = nearest.getSuperclass()) {
                if (mappers.containsKey(nearest)) {
                    return (ExceptionMapper<T>) mappers.get(nearest);
                }
            }
            return null;
        }

        @Override
        public <T> MessageBodyReader<T> getMessageBodyReader(
                Class<T> type, Type generic, Annotation[] annotations, MediaType media) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> MessageBodyWriter<T> getMessageBodyWriter(
                Class<T> type, Type generic, Annotation[] annotations, MediaType media) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> ContextResolver<T> getContextResolver(Class<T> type, MediaType media) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Refused extends RejectedException {

        private static final long serialVersionUID = 1L;

        Refused() {
            super("payments", "circuit-open", false, Duration.ofSeconds(7), null);
        }

        @Override
        protected String words() {
            return "circuit 'payments' is open";
        }
    }

    /** A mapper of the application that answers with the class of what it was given. */
    private static final class Named implements ExceptionMapper<Throwable> {

        @Override
        public Response toResponse(Throwable failure) {
            return Response.status(400).entity(failure.getClass()).build();
        }
    }

    private static final class NamedToo implements ExceptionMapper<Throwable> {

        @Override
        public Response toResponse(Throwable failure) {
            return Response.status(418).entity(failure.getClass()).build();
        }
    }

    @Test
    void a_refusal_inside_is_answered_as_one_without_an_ejb_around_it_however_deep() {
        for (EJBException failure : List.of(
                new EJBException(new Refused()),
                new EJBException(new EJBException(new Refused())),
                new EJBException(new ExecutionException(new EJBException(new Refused()))))) {
            try (Response response = mapper.toResponse(failure)) {
                assertThat(response.getStatus()).isEqualTo(503);
                assertThat(response.getHeaderString("Retry-After")).isEqualTo("7");
            }
        }
    }

    @Test
    void what_the_application_has_for_a_refusal_answers_it() {
        mappers.put(Refused.class, new Named());
        try (Response response = mapper.toResponse(new EJBException(new Refused()))) {
            assertThat(response.getStatus()).isEqualTo(400);
            assertThat(response.getEntity()).isEqualTo(Refused.class);
        }
    }

    @Test
    void what_is_no_refusal_goes_on_as_it_is() {
        EJBException failure = new EJBException(new IOException());
        assertThatThrownBy(() -> mapper.toResponse(failure)).isSameAs(failure);
        EJBException without = new EJBException("alone");
        assertThatThrownBy(() -> mapper.toResponse(without)).isSameAs(without);
    }

    @Test
    void what_an_ejb_as_a_resource_has_thrown_is_answered_as_rest_wants_it() {
        mappers.put(IOException.class, new Named());
        mappers.put(Throwable.class, new NamedToo());
        try (Response response = mapper.toResponse(new EJBException(new NotFoundException()))) {
            assertThat(response.getStatus()).isEqualTo(404);
        }
        try (Response response = mapper.toResponse(new EJBException(new IOException()))) {
            assertThat(response.getStatus()).isEqualTo(400);
            assertThat(response.getEntity()).isEqualTo(IOException.class);
        }
    }

    @Test
    void the_applications_mapper_for_all_exceptions_gets_what_it_would_have_got() {
        mappers.put(Exception.class, new Named());
        for (EJBException failure : List.of(new EJBException(new IllegalStateException()), new EJBException())) {
            try (Response response = mapper.toResponse(failure)) {
                assertThat(response.getEntity()).isEqualTo(EJBException.class);
            }
        }
    }

    private static List<String> addedBy(Class<?> feature) throws Exception {
        List<String> added = new ArrayList<>();
        ClassLoader loader = feature.getClassLoader();
        Class<?> contextType = Class.forName(FeatureContext.class.getName(), false, loader);
        Object context = Proxy.newProxyInstance(loader, new Class<?>[] {contextType}, (proxy, method, arguments) -> {
            added.add(((Class<?>) arguments[0]).getSimpleName());
            return proxy;
        });
        Object configured = feature.getMethod("configure", contextType)
                .invoke(feature.getConstructor().newInstance(), context);
        assertThat(configured).isEqualTo(!added.isEmpty());
        return added;
    }

    private static URL placeOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    @Test
    void it_is_added_where_there_are_ejbs_and_nowhere_else() throws Exception {
        assertThat(addedBy(RejectedEjbCalls.class)).containsExactly("EjbExceptionMapper");
        URL[] withoutEjb = {placeOf(RejectedEjbCalls.class), placeOf(FeatureContext.class), placeOf(Nullable.class)};
        try (URLClassLoader loader = new URLClassLoader(withoutEjb, ClassLoader.getPlatformClassLoader())) {
            assertThat(addedBy(loader.loadClass(RejectedEjbCalls.class.getName())))
                    .isEmpty();
        }
    }
}
