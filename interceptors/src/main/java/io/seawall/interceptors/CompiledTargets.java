package io.seawall.interceptors;

import io.seawall.interceptors.settings.Overrides;
import io.seawall.resilience.pipeline.Change;
import io.seawall.resilience.pipeline.Pipeline;
import io.seawall.resilience.pipeline.Targets;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.interceptor.InvocationContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The methods of each target, and what they have been compiled with; so that they can be compiled again by other settings.
 * Thread-safe: message-driven beans may be compiled, and settings read again, side by side.
 */
final class CompiledTargets {

    private record Compiled(
            MethodSource source, Members members, MethodAnswers answers, Pipeline<InvocationContext> pipeline) {}

    /** Of everything here; no call takes it. */
    private final ReentrantLock changing = new ReentrantLock();

    private final Map<String, List<Compiled>> byTarget = new LinkedHashMap<>();

    /**
     * Compiles a method.
     *
     * @throws DefinitionException that names class, method, member and rule
     */
    Pipeline<InvocationContext> compile(MethodSource source, PipelineCompiler compiler) {
        changing.lock();
        try {
            List<Compiled> others = byTarget.getOrDefault(source.target(), List.of());
            // A bean that comes late goes by the settings that its target goes by now.
            Overrides overrides = others.isEmpty()
                    ? compiler.overrides()
                    : others.get(0).members().overrides();
            Members members = source.members(overrides);
            MethodAnswers answers = new MethodAnswers(null);
            Pipeline.Builder<InvocationContext> builder = compiler.gather(source, members, answers);
            requireAgreement(source.target(), others, members);
            // What is left to go wrong is between the members of this method.
            Pipeline<InvocationContext> pipeline = members.check("target", builder::build);
            byTarget.computeIfAbsent(source.target(), target -> new ArrayList<>())
                    .add(new Compiled(source, members, answers, pipeline));
            return pipeline;
        } finally {
            changing.unlock();
        }
    }

    /**
     * Compiles all methods of a target again, and has them go by what comes of it from one moment on; or none of them.
     *
     * @param compiler goes by the other settings, and is used for this alone
     * @param check asked when all is compiled and nothing changed
     * @return what is different now; empty if nothing is
     * @throws DefinitionException that names class, method, member and rule; then nothing has changed
     * @throws IllegalArgumentException what {@code check} throws, or that a setting does nothing; then nothing has changed
     */
    List<String> recompile(String target, PipelineCompiler compiler, Targets targets, Runnable check) {
        changing.lock();
        try {
            List<Compiled> now = new ArrayList<>();
            Map<String, List<String>> changes = new LinkedHashMap<>();
            Change change = targets.change(target);
            for (Compiled before : byTarget.getOrDefault(target, List.of())) {
                Members members = before.source().members(compiler.overrides());
                MethodAnswers answers = new MethodAnswers(before.answers());
                change.put(before.pipeline(), compiler.gather(before.source(), members, answers));
                requireAgreement(target, now, members);
                now.add(new Compiled(before.source(), members, answers, before.pipeline()));
                members.inForce()
                        .changesSince(before.members().inForce())
                        .forEach(text -> changes.computeIfAbsent(text, key -> new ArrayList<>())
                                .add(before.source().where()));
            }
            List<String> idle = idle(now);
            if (!idle.isEmpty()) {
                throw new IllegalArgumentException(String.join("; ", idle));
            }
            check.run();
            List<String> words = changes.entrySet().stream()
                    .map(entry -> entry.getKey() + " in " + String.join(", ", entry.getValue()))
                    .toList();
            if (!changes.isEmpty()) {
                now.get(0).members().check("target", () -> {
                    change.apply(reread(target, String.join("; ", words)));
                    return target;
                });
                now.forEach(compiled -> compiled.answers().begin());
            }
            byTarget.put(target, now); // also if nothing has changed: the places may have
            return words;
        } finally {
            changing.unlock();
        }
    }

    /** What has come of it, in words. */
    static String reread(String target, String changes) {
        return "the settings of target '" + target + "' were read again: " + changes;
    }

    /** The values in force, one line for each method. */
    List<String> settings(String target) {
        changing.lock();
        try {
            return byTarget.getOrDefault(target, List.of()).stream()
                    .map(compiled -> compiled.source().where() + ": "
                            + compiled.members().inForce())
                    .toList();
        } finally {
            changing.unlock();
        }
    }

    /** The settings from outside that do nothing for any method of their target, in words. */
    List<String> idle() {
        changing.lock();
        try {
            return byTarget.values().stream()
                    .flatMap(methods -> idle(methods).stream())
                    .toList();
        } finally {
            changing.unlock();
        }
    }

    private static List<String> idle(List<Compiled> methods) {
        if (methods.isEmpty()) {
            return List.of();
        }
        Map<String, String> idle =
                new LinkedHashMap<>(methods.get(0).members().inForce().idle());
        methods.forEach(method ->
                idle.keySet().retainAll(method.members().inForce().idle().keySet()));
        return List.copyOf(idle.values());
    }

    private static void requireAgreement(String target, List<Compiled> others, Members members) {
        for (Compiled other : others) {
            Agreement.require(target, other.members(), members);
        }
    }
}
