package io.seawall.resilience.retry;

import io.seawall.resilience.RetryAfter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a failure when another attempt may be made: from a {@link RetryAfter}, from the field {@code Retry-After} (RFC
 * 9110, 10.2.3) of a response that a JAX-RS exception holds, and from what the application's own sources know. The outermost
 * failure or cause that says something is right. Thread-safe.
 */
final class RetryAfterReader {

    /** How many causes are looked at: a chain of causes may be a ring. */
    private static final int DEEPEST = 16;

    /** Some 31 years. */
    private static final int MOST_DIGITS = 9;

    private static final int DATE_LENGTH = "Sun, 06 Nov 1994 08:49:37 GMT".length();

    /** By name: the engine knows the JDK alone. */
    private static final Set<String> WITH_RESPONSE =
            Set.of("jakarta.ws.rs.WebApplicationException", "jakarta.ws.rs.client.ResponseProcessingException");

    /** IMF-fixdate. The obsolete forms of a date are as if not there. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withResolverStyle(ResolverStyle.STRICT);

    private final List<RetryAfterSource> sources;
    private final InstantSource wallClock;

    RetryAfterReader(List<RetryAfterSource> sources, InstantSource wallClock) {
        this.sources = sources;
        this.wallClock = wallClock;
    }

    /** How long the target asks to be left alone, in nanoseconds, 0 or more; empty if it says nothing of it. */
    OptionalLong nanos(Throwable failure) {
        @Nullable Throwable current = failure;
        for (int depth = 0; current != null && depth < DEEPEST; depth++) {
            Optional<Duration> told = told(current);
            if (told.isPresent()) {
                return OptionalLong.of(nanos(told.get()));
            }
            current = current.getCause();
        }
        return OptionalLong.empty();
    }

    /** Not {@link Duration#toNanos} alone, which fails beyond 292 years. */
    private static long nanos(Duration told) {
        if (told.isNegative()) {
            return 0;
        }
        return told.compareTo(Duration.ofNanos(Long.MAX_VALUE)) > 0 ? Long.MAX_VALUE : told.toNanos();
    }

    private Optional<Duration> told(Throwable failure) {
        if (failure instanceof RetryAfter itself) {
            Optional<Duration> told = guarded(thrown -> itself.retryAfter(), failure);
            if (told.isPresent()) {
                return told;
            }
        }
        for (@Nullable Class<?> type = failure.getClass(); type != null; type = type.getSuperclass()) {
            if (WITH_RESPONSE.contains(type.getName())) {
                String text = field(type, failure);
                return text == null ? Optional.empty() : read(text);
            }
        }
        for (RetryAfterSource source : sources) {
            Optional<Duration> told = guarded(source, failure);
            if (told.isPresent()) {
                return told;
            }
        }
        return Optional.empty();
    }

    /** Code of the application that fails while it looks at a failure must not take that failure's place. */
    private static Optional<Duration> guarded(RetryAfterSource source, Throwable failure) {
        try {
            return Optional.ofNullable(source.retryAfter(failure).orElse(null));
        } catch (RuntimeException nothingTold) {
            return Optional.empty();
        }
    }

    /** By the public methods of the API's own classes: those of its implementation may be closed to us. */
    private static @Nullable String field(Class<?> api, Throwable failure) {
        try {
            Object response = api.getMethod("getResponse").invoke(failure);
            Class<?> responseApi = api.getMethod("getResponse").getReturnType();
            return (String)
                    responseApi.getMethod("getHeaderString", String.class).invoke(response, "Retry-After");
        } catch (ReflectiveOperationException | RuntimeException noResponse) {
            return null;
        }
    }

    /** Seconds, or a date; anything else is as if not there. */
    private Optional<Duration> read(String text) {
        if (text.length() == DATE_LENGTH) {
            return date(text);
        }
        boolean seconds =
                !text.isEmpty() && text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return seconds ? Optional.of(Duration.ofSeconds(Integer.parseInt(text))) : Optional.empty();
    }

    private Optional<Duration> date(String text) {
        try {
            Instant date = LocalDateTime.parse(text, DATE).toInstant(ZoneOffset.UTC);
            return Optional.of(Duration.between(wallClock.instant(), date));
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }
}
