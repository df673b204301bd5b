package io.seawall.redis;

import io.seawall.ratelimit.Algorithm;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.QuotaPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The scripts, put together from the Lua files beside this class.
 *
 * <p>Redis runs a script from its first line for every decision, and every function in it is made anew. So a script has the
 * algorithms that it needs and no others: most of the time that is one. Thread-safe.
 */
final class Scripts {

    /**
     * What a script must be able to do. Immutable.
     *
     * @param algorithms by which limits are counted
     * @param penalties whether there are any
     */
    record Needs(Set<Algorithm> algorithms, boolean penalties) {

        static Needs of(QuotaPolicies policies) {
            Set<Algorithm> algorithms = policies.policies().stream()
                    .map(QuotaPolicy::algorithm)
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(Algorithm.class)));
            return new Needs(algorithms, policies.penalty() != null);
        }

        static Needs ofAll(Collection<Needs> all) {
            Set<Algorithm> algorithms = EnumSet.noneOf(Algorithm.class);
            boolean penalties = false;
            for (Needs needs : all) {
                algorithms.addAll(needs.algorithms);
                penalties |= needs.penalties;
            }
            return new Needs(algorithms, penalties);
        }
    }

    private final UnaryOperator<String> files;
    private final Script pulse;
    private final Map<Needs, Script> acquire = new ConcurrentHashMap<>();
    private final Map<Algorithm, Script> acquireOne = new ConcurrentHashMap<>();
    private final Map<Needs, Script> standing = new ConcurrentHashMap<>();
    private final Map<Set<Algorithm>, Script> refund = new ConcurrentHashMap<>();

    Scripts() {
        this(Scripts::read);
    }

    /** Scripts of other files: of another clock, say. */
    Scripts(UnaryOperator<String> files) {
        this.files = files;
        pulse = Script.of(files.apply("clock.lua") + "\n" + files.apply("pulse.lua"));
    }

    /** Decides the limits of a request. */
    Script acquire(Needs needs) {
        return acquire.computeIfAbsent(needs, key -> assemble(key, "acquire.lua"));
    }

    /** Decides one enforced limit without a penalty, if there are no overrides. */
    Script acquireOne(QuotaPolicies limit) {
        return acquireOne.computeIfAbsent(
                limit.policies().get(0).algorithm(),
                algorithm -> assemble(
                        List.of("clock.lua", "state.lua", "algorithms.lua", fileOf(algorithm), "acquire-one.lua")));
    }

    /** Gives permits back. */
    Script refund(Set<Algorithm> algorithms) {
        return refund.computeIfAbsent(algorithms, key -> assemble(new Needs(key, false), "refund.lua"));
    }

    /** Tells where a client stands. */
    Script standing(Needs needs) {
        return standing.computeIfAbsent(needs, key -> assemble(key, "standing.lua"));
    }

    /** Tells and asks what a node must know of the others. */
    Script pulse() {
        return pulse;
    }

    private Script assemble(Needs needs, String main) {
        List<String> names = new ArrayList<>(List.of("clock.lua", "state.lua", "overrides.lua", "algorithms.lua"));
        needs.algorithms.stream().map(Scripts::fileOf).distinct().forEach(names::add);
        if (needs.penalties) {
            names.add("bans.lua");
        }
        names.addAll(List.of("claims.lua", main));
        return assemble(names);
    }

    private Script assemble(List<String> names) {
        return Script.of(names.stream().map(files).collect(Collectors.joining("\n")));
    }

    /** Each has a file of its name, which adds it by its tag; one file has both fixed windows. */
    private static String fileOf(Algorithm algorithm) {
        return (algorithm == Algorithm.FIXED_WINDOW_FROM_FIRST ? Algorithm.FIXED_WINDOW : algorithm).text() + ".lua";
    }

    static String read(String file) {
        try (InputStream in = Script.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the jar is incomplete: " + file + " is not in it");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
