package io.seawall.benchmarks.redis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What Redis has done since its start, by its own {@code INFO}.
 *
 * @param cpuMicros processor time, of user and system, of all its threads
 * @param calls how often each command was done, those within scripts included
 * @param usedBytes {@code used_memory}, without what its connections take
 */
record RedisCounters(double cpuMicros, Map<String, Long> calls, long usedBytes) {

    private static final String CALLS = "cmdstat_";
    private static final String TOTAL_MEMORY = " tot-mem=";
    private static final double MICROS_PER_SECOND = 1_000_000;

    /**
     * Reads what Redis says.
     *
     * @param clients {@code CLIENT LIST}, since what {@code INFO} says of their memory may be a second old
     */
    static RedisCounters parse(String info, String clients) {
        Map<String, Long> calls = new HashMap<>();
        info.lines().filter(line -> line.startsWith(CALLS)).forEach(line -> {
            int colon = line.indexOf(':');
            String count = line.substring(line.indexOf('=', colon) + 1, line.indexOf(',', colon));
            calls.put(line.substring(CALLS.length(), colon), Long.parseLong(count));
        });
        return new RedisCounters(
                MICROS_PER_SECOND
                        * (Double.parseDouble(field(info, "used_cpu_user"))
                                + Double.parseDouble(field(info, "used_cpu_sys"))),
                calls,
                Long.parseLong(field(info, "used_memory")) - memory(clients));
    }

    private static long memory(String clients) {
        return clients.lines()
                .mapToLong(client -> {
                    int begin = client.indexOf(TOTAL_MEMORY) + TOTAL_MEMORY.length();
                    return Long.parseLong(client.substring(begin, client.indexOf(' ', begin)));
                })
                .sum();
    }

    static String field(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("INFO does not say " + name));
    }

    long callsOf(List<String> commands) {
        return commands.stream()
                .mapToLong(command -> calls.getOrDefault(command, 0L))
                .sum();
    }

    long allCalls() {
        return calls.values().stream().mapToLong(Long::longValue).sum();
    }
}
