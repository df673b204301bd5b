package io.seawall.filter.answer;

import io.seawall.ratelimit.Algorithm;
import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.QuotaPolicy;
import io.seawall.ratelimit.QuotaStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Limits and decisions about them, with numbers at the ends of their ranges more often than chance would have. */
final class RandomDecisions {

    private static final long NEVER = Long.MAX_VALUE;
    private static final long LONGEST_MILLIS = Duration.ofDays(366).toMillis();
    private static final String NAME_CHARACTERS = "abyzABYZ0189_-";

    private final RandomGenerator random;

    RandomDecisions(RandomGenerator random) {
        this.random = random;
    }

    QuotaPolicies limits() {
        List<QuotaPolicy> policies = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            // The last character makes names unique, but not from one set to another.
            policies.add(new QuotaPolicy(
                    name() + i,
                    between(1, QuotaPolicy.MAX_PERMITS),
                    Duration.ofMillis(random.nextBoolean() ? 1000 * between(1, 86_400) : between(1, LONGEST_MILLIS)),
                    Algorithm.SLIDING_WINDOW));
        }
        return new QuotaPolicies("set", policies);
    }

    private String name() {
        StringBuilder name = new StringBuilder();
        int length = random.nextInt(8) == 0 ? 63 : random.nextInt(2);
        for (int i = 0; i < length; i++) {
            name.append(NAME_CHARACTERS.charAt(random.nextInt(random.nextBoolean() ? 2 : NAME_CHARACTERS.length())));
        }
        return name.toString();
    }

    Decision of(QuotaPolicies limits) {
        return switch (random.nextInt(8)) {
            case 0 -> TestDecisions.allowed(List.of());
            case 1, 2, 3 -> allowed(limits);
            default -> denied(limits, random.nextInt(4) == 0);
        };
    }

    private Decision allowed(QuotaPolicies limits) {
        List<QuotaStatus> statuses = new ArrayList<>();
        for (QuotaPolicy policy : limits.policies()) {
            long reset = between(1, 1000 * policy.window().toMillis());
            long remaining = between(0, policy.permits());
            statuses.add(TestDecisions.left(policy, remaining, remaining > 0 ? 0 : between(1, reset), reset));
        }
        return TestDecisions.allowed(statuses);
    }

    /** A refusal of a cost of one or more, of which the store tells the truth. */
    private Decision.Denied denied(QuotaPolicies limits, boolean never) {
        List<QuotaStatus> statuses = new ArrayList<>();
        boolean refused = false;
        long retryAfter = 1;
        for (QuotaPolicy policy : limits.policies()) {
            boolean refuses = random.nextBoolean()
                    || (!refused && statuses.size() == limits.policies().size() - 1);
            long remaining = random.nextBoolean() ? between(0, policy.permits()) : 0;
            long reset = between(1, 1000 * policy.window().toMillis());
            long next = remaining > 0 ? 0 : between(1, reset);
            statuses.add(
                    new QuotaStatus(policy, refuses, remaining, never && random.nextBoolean() ? NEVER : next, reset));
            refused |= refuses;
            if (refuses) {
                retryAfter = Math.max(retryAfter, remaining > 0 ? between(1, reset) : next);
            }
        }
        return TestDecisions.denied(statuses, never ? NEVER : retryAfter);
    }

    private long between(long least, long most) {
        return switch (random.nextInt(6)) {
            case 0 -> least;
            case 1 -> most;
            case 2 -> Math.min(most, least + random.nextInt(3));
            case 3 -> Math.min(most, least + random.nextInt(5_000_000));
            default -> random.nextLong(least, most + 1);
        };
    }
}
