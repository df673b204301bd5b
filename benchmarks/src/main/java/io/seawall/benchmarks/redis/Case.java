package io.seawall.benchmarks.redis;

import io.seawall.benchmarks.Quartiles;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is measured, each in JVMs and on servers of its own. */
enum Case {
    MANY {
        @Override
        void run(RedisInstallation installation, Effort effort, Report report)
                throws IOException, InterruptedException {
            Load load =
                    Load.atRandom(PER_MINUTE, effort.manyClients(), ThreadKind.PLATFORM, THREADS, effort.roundMillis());
            String title = String.format("%,d clients, %d threads", load.clients(), load.threads());
            List<Series> contest = compare(installation, load, effort, COMPARED);
            report.table(title, contest);
            Series seawall = of(Contender.SEAWALL, contest);
            report.goal(title + ": Redis and JVM", "15 µs a decision", seawall.of(Figures::cpuMicros), "%.1f");
            times(report, title, contest, Contender.PLAIN_SCRIPT, "1.8");
            times(report, title, contest, Contender.BUCKET4J, "4");
        }
    },

    VIRTUAL {
        @Override
        void run(RedisInstallation installation, Effort effort, Report report)
                throws IOException, InterruptedException {
            if (!ThreadKind.VIRTUAL.isHere()) {
                report.line("\nNo virtual threads: this JDK has none.");
                return;
            }
            Load load = Load.atRandom(
                    PER_MINUTE, effort.manyClients(), ThreadKind.VIRTUAL, VIRTUAL_THREADS, effort.roundMillis());
            String title = String.format("%,d clients, %d virtual threads", load.clients(), load.threads());
            List<Series> contest = compare(installation, load, effort, COMPARED);
            report.table(title, contest);
            Series seawall = of(Contender.SEAWALL, contest);
            report.goal(title + ": Redis and JVM", "7 µs a decision", seawall.of(Figures::cpuMicros), "%.1f");
            times(report, title, contest, Contender.PLAIN_SCRIPT, "3.5");
        }
    },

    HOT {
        @Override
        void run(RedisInstallation installation, Effort effort, Report report)
                throws IOException, InterruptedException {
            Load load = Load.atRandom(PER_MINUTE, 1, ThreadKind.PLATFORM, THREADS, effort.roundMillis());
            String title = String.format("one hot client, %d threads", load.threads());
            List<Contender> contenders = with(Contender.BUCKET4J_FEW);
            contenders.add(Contender.SEAWALL_LEASES);
            List<Series> contest = compare(installation, load, effort, contenders);
            report.table(title, contest);
            Series seawall = of(Contender.SEAWALL, contest);
            times(report, title, contest, Contender.PLAIN_SCRIPT, "3");
            times(report, title, contest, Contender.BUCKET4J_FEW, "50");
            report.goal(title + ": commands sent", "0.1 a decision", seawall.of(Figures::sent), "%.2f");
            report.goal(
                    title + ", leases: decisions/s by those of " + Contender.PLAIN_SCRIPT.title(),
                    "20",
                    of(Contender.SEAWALL_LEASES, contest)
                            .ratio(of(Contender.PLAIN_SCRIPT, contest), Figures::perSecond),
                    "%.1f");
        }
    },

    REFUSED {
        @Override
        void run(RedisInstallation installation, Effort effort, Report report)
                throws IOException, InterruptedException {
            Limit usedUp = new Limit(1, Duration.ofHours(1));
            Load load = Load.atRandom(usedUp, REFUSED_CLIENTS, ThreadKind.PLATFORM, 1, effort.roundMillis());
            String title = String.format("%,d clients that are refused, one thread", load.clients());
            List<Series> contest = compare(installation, load, effort, COMPARED);
            report.table(title, contest);
            Series seawall = of(Contender.SEAWALL, contest);
            report.goal(title + ": decisions/s", "2,000,000", seawall.of(Figures::perSecond), "%,.0f");
            report.goal(title + ": commands sent", "0 a decision", seawall.of(Figures::sent), "%.5f");
        }
    },

    IDLE {
        @Override
        void run(RedisInstallation installation, Effort effort, Report report)
                throws IOException, InterruptedException {
            Load load = Load.atRandom(PER_MINUTE, effort.manyClients(), ThreadKind.PLATFORM, 1, effort.roundMillis());
            List<Series> contest = compare(installation, load, effort, with(Contender.BARE_SCRIPT));
            report.table("one thread", contest);
            Quartiles times =
                    of(Contender.SEAWALL, contest).ratio(of(Contender.BARE_SCRIPT, contest), Figures::halfMicros);
            report.goal("one thread: p50 by that of one bare `EVALSHA`", "1.15", times, "%.2f");
        }
    },

    MEMORY {
        @Override
        void run(RedisInstallation installation, Effort effort, Report report)
                throws IOException, InterruptedException {
            MemoryCase.run(installation, effort, COMPARED, report);
        }
    },

    GROWTH {
        @Override
        void run(RedisInstallation installation, Effort effort, Report report)
                throws IOException, InterruptedException {
            Limit perHour = Limit.endless(Duration.ofHours(1)); // so that who was counted first is still there at last
            List<Series> all;
            try (Contest contest = new Contest(installation)) {
                for (Contender contender : List.of(Contender.PLAIN_SCRIPT, Contender.SEAWALL)) {
                    Contestant first = contest.start(contender);
                    for (int clients : effort.sizes()) {
                        Contestant one = clients == effort.sizes().get(0) ? first : contest.startOnAnotherRedis(first);
                        Load load = Load.atRandom(perHour, clients, ThreadKind.PLATFORM, THREADS, effort.roundMillis());
                        contest.enter(
                                String.format("%s, %,d clients", contender.title(), clients),
                                one,
                                load,
                                effort.warmUpMillis());
                    }
                }
                all = contest.run(effort.rounds());
            }
            report.table(String.format("growth, %d threads", THREADS), all);
            int sizes = effort.sizes().size();
            Series least = all.get(sizes);
            for (int i = 1; i < sizes; i++) {
                report.goal(
                        String.format(
                                "growth: Redis and JVM, %,d clients by %,d",
                                effort.sizes().get(i), effort.sizes().get(0)),
                        "0.85 to 1.15",
                        all.get(sizes + i).ratio(least, Figures::cpuMicros).cell("%.2f")
                                + "; one `EVALSHA` a decision "
                                + all.get(i)
                                        .ratio(all.get(0), Figures::cpuMicros)
                                        .cell("%.2f"));
            }
        }
    };

    private static final Limit PER_MINUTE = Limit.endless(Duration.ofMinutes(1));
    private static final int THREADS = 64;
    private static final int VIRTUAL_THREADS = 256;
    private static final int REFUSED_CLIENTS = 1_000;

    private static final List<Contender> COMPARED = List.of(
            Contender.ARTICLE, Contender.PLAIN_SCRIPT, Contender.BUCKET4J, Contender.REDISSON, Contender.SEAWALL);

    private static List<Contender> with(Contender oneMore) {
        List<Contender> all = new ArrayList<>(COMPARED);
        all.add(all.size() - 1, oneMore);
        return all;
    }

    /** Measures and reports. */
    abstract void run(RedisInstallation installation, Effort effort, Report report)
            throws IOException, InterruptedException;

    private static List<Series> compare(
            RedisInstallation installation, Load load, Effort effort, List<Contender> contenders)
            throws IOException, InterruptedException {
        try (Contest contest = new Contest(installation)) {
            for (Contender contender : contenders) {
                contest.enter(contender.title(), contest.start(contender), load, effort.warmUpMillis());
            }
            return contest.run(effort.rounds());
        }
    }

    private static Series of(Contender contender, List<Series> contest) {
        return contest.stream()
                .filter(series -> series.contender() == contender)
                .findFirst()
                .orElseThrow();
    }

    private static void times(Report report, String title, List<Series> contest, Contender other, String asked) {
        report.goal(
                title + ": decisions/s by those of " + other.title(),
                asked,
                of(Contender.SEAWALL, contest).ratio(of(other, contest), Figures::perSecond),
                "%.1f");
    }
}
