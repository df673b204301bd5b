package io.seawall.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.seawall.ratelimit.Claim;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decisions that are asked for in one script call; those that ask the same, as one of them. */
final class DecisionBatch implements Question {

    private static final byte[] ONE = ascii(1);

    private final Script script;
    private final List<byte[]> keys = new ArrayList<>();
    private final List<byte[]> arguments = new ArrayList<>();
    private final Collection<List<DecisionCall>> requests;
    private final Slot slot;

    /**
     * A batch.
     *
     * @param overridesKey the first key of the script; null: the caller has seen to the overrides
     * @param calls at least one, all of one slot
     */
    DecisionBatch(Scripts scripts, byte @Nullable [] overridesKey, List<DecisionCall> calls) {
        requests = requests(calls);
        slot = calls.get(0).slot();
        Map<RedisLimits, byte[]> numbers = new HashMap<>();
        List<RedisLimits> sets = new ArrayList<>();
        for (List<DecisionCall> request : requests) {
            for (Claim claim : request.get(0).claims()) {
                RedisLimits set = (RedisLimits) claim.limits();
                if (!numbers.containsKey(set)) {
                    sets.add(set);
                    numbers.put(set, ascii(sets.size()));
                }
            }
        }
        script = scripts.acquire(
                sets.size() == 1
                        ? sets.get(0).needs()
                        : Scripts.Needs.ofAll(
                                sets.stream().map(RedisLimits::needs).toList()));
        arguments.add(ascii(sets.size()));
        sets.forEach(set -> set.addTo(arguments));
        for (List<DecisionCall> request : requests) {
            List<Claim> claims = request.get(0).claims();
            arguments.add(ascii(times(request)));
            arguments.add(ascii(claims.size()));
            for (Claim claim : claims) {
                RedisLimits set = (RedisLimits) claim.limits();
                set.addKeys(keys, claim.client());
                arguments.add(numbers.getOrDefault(set, ONE));
                arguments.add(ascii(claim.cost()));
            }
        }
        keys.add(0, overridesKey == null ? keys.get(0) : overridesKey);
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
        return RedisCommand.byName(script, keys, arguments);
    }

    @Override
    public RedisCommand withScript() {
        return RedisCommand.inFull(script, keys, arguments);
    }

    @Override
    public Slot slot() {
        return slot;
    }

    @Override
    public void answered(@Nullable Object reply) {
        if (!(reply instanceof List<?> numbers)) {
            throw new RedisFailure("the script replied " + reply);
        }
        Reply decisions = new Reply(numbers);
        for (List<DecisionCall> request : requests) {
            decisions.next(request);
        }
    }

    @Override
    public void failed(RedisFailure reason) {
        requests.forEach(request -> request.forEach(call -> call.failed(reason)));
    }

    @Override
    public boolean needsAnswer() {
        return true;
    }

    private static byte[] ascii(long number) {
        return Long.toString(number).getBytes(US_ASCII);
    }
}
