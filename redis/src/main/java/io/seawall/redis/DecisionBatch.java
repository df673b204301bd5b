package io.seawall.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.seawall.ratelimit.Claim;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decisions that are asked for in one script call; those that ask the same, as one of them. If all are about one and the same limit,
 * as most of the time, a script is asked that can do no more than that; should there be overrides, it says so, and then the other one
 * is.
 */
final class DecisionBatch implements Question {

    private static final byte[] ONE = ascii(1);

    private final Scripts scripts;
    private final OverridesSeen overridesSeen;
    private final Collection<List<DecisionCall>> requests;
    private final Slot slot;
    private final List<byte[]> keys;
    private ScriptCall call;

    /**
     * A batch.
     *
     * @param overridesKey the first key of the script; null: the caller has seen to the overrides
     * @param overridesSeen what is known of them
     * @param calls at least one, all of one slot
     */
    DecisionBatch(
            Scripts scripts, byte @Nullable [] overridesKey, OverridesSeen overridesSeen, List<DecisionCall> calls) {
        this.scripts = scripts;
        this.overridesSeen = overridesSeen;
        this.requests = requests(calls);
        this.slot = calls.get(0).slot();
        this.keys = keys(overridesKey, requests);
        boolean areThereOverrides = overridesKey != null && overridesSeen.lately();
        RedisLimits only = areThereOverrides ? null : onlyLimit(requests);
        this.call = only == null ? callInFull() : callOfOne(only);
    }

    /** Of one with a penalty every refusal counts, so it stays alone. */
    private static Collection<List<DecisionCall>> requests(List<DecisionCall> calls) {
        if (calls.size() == 1) {
            return List.of(calls);
        }
        Map<Object, List<DecisionCall>> requests = new LinkedHashMap<>();
        for (DecisionCall call : calls) {
            Object same = call.claims();
            for (Claim claim : call.claims()) {
                if (claim.limits().policies().penalty() != null) {
                    same = call;
                }
            }
            requests.computeIfAbsent(same, key -> new ArrayList<>(1)).add(call);
        }
        return requests.values();
    }

    private static List<byte[]> keys(byte @Nullable [] overridesKey, Collection<List<DecisionCall>> requests) {
        List<byte[]> keys = new ArrayList<>(requests.size() + 1);
        for (List<DecisionCall> request : requests) {
            if (keys.isEmpty()) {
                keys.add(overridesKey == null ? request.get(0).keys().get(0) : overridesKey);
            }
            keys.addAll(request.get(0).keys());
        }
        return keys;
    }

    /** Returns the only limit that all ask, if {@code acquire-one.lua} can decide it. */
    private static @Nullable RedisLimits onlyLimit(Collection<List<DecisionCall>> requests) {
        RedisLimits only = null;
        for (List<DecisionCall> request : requests) {
            List<Claim> claims = request.get(0).claims();
            RedisLimits limits = (RedisLimits) claims.get(0).limits();
            if (claims.size() > 1 || (only != null && limits != only) || !limits.isOnePlainLimit()) {
                return null;
            }
            only = limits;
        }
        return only;
    }

    private ScriptCall callOfOne(RedisLimits limit) {
        List<byte[]> arguments = new ArrayList<>(limit.argumentsOfOne());
        for (List<DecisionCall> request : requests) {
            if (times(request) > 1 || request.get(0).claims().get(0).cost() > 1) {
                addTimesAndCosts(arguments);
                break;
            }
        }
        return new ScriptCall(scripts.acquireOne(limit.policies()), keys, arguments);
    }

    private void addTimesAndCosts(List<byte[]> arguments) {
        for (List<DecisionCall> request : requests) {
            arguments.add(ascii(times(request)));
            arguments.add(ascii(request.get(0).claims().get(0).cost()));
        }
    }

    private ScriptCall callInFull() {
        Map<RedisLimits, byte[]> numbers = new LinkedHashMap<>();
        for (List<DecisionCall> request : requests) {
            for (Claim claim : request.get(0).claims()) {
                numbers.computeIfAbsent((RedisLimits) claim.limits(), set -> ascii(numbers.size() + 1));
            }
        }
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(ascii(numbers.size()));
        numbers.keySet().forEach(set -> set.addTo(arguments));
        for (List<DecisionCall> request : requests) {
            List<Claim> claims = request.get(0).claims();
            arguments.add(ascii(times(request)));
            arguments.add(ascii(claims.size()));
            for (Claim claim : claims) {
                arguments.add(numbers.getOrDefault((RedisLimits) claim.limits(), ONE));
                arguments.add(ascii(claim.cost()));
            }
        }
        Scripts.Needs needs = Scripts.Needs.ofAll(
                numbers.keySet().stream().map(RedisLimits::needs).toList());
        return new ScriptCall(scripts.acquire(needs), keys, arguments);
    }

    /** How many those ask for who ask the same. */
    static int times(List<DecisionCall> request) {
        int times = 0;
        for (DecisionCall call : request) {
            times += call.times();
        }
        return times;
    }

    @Override
    public RedisCommand command() {
        return call.command();
    }

    @Override
    public @Nullable RedisCommand instead(@Nullable Object reply) {
        if (reply instanceof List<?> numbers && Reply.isToBeAskedInFull(numbers)) {
            overridesSeen.now();
            call = callInFull();
            return call.command();
        }
        return call.instead(reply);
    }

    @Override
    public Slot slot() {
        return slot;
    }

    @Override
    public void answered(@Nullable Object answer) {
        if (!(answer instanceof List<?> numbers)) {
            throw new RedisFailure("the script replied " + answer);
        }
        Reply reply = new Reply(numbers);
        if (reply.hasOverrides()) {
            overridesSeen.now();
        }
        for (List<DecisionCall> request : requests) {
            reply.next(request);
        }
    }

    @Override
    public void failed(RedisFailure reason) {
        requests.forEach(request -> request.forEach(each -> each.failed(reason)));
    }

    @Override
    public boolean needsAnswer() {
        return true;
    }

    private static byte[] ascii(long number) {
        return Long.toString(number).getBytes(US_ASCII);
    }
}
