package io.seawall.storm;

import org.jspecify.annotations.Nullable;

/** Where the backend tells of requests, before anybody counts them and while somebody does. Thread-safe. */
final class Arrivals implements Runnable {

    private volatile @Nullable Recorder recorder;

    void countIn(Recorder counts) {
        recorder = counts;
    }

    @Override
    public void run() {
        Recorder counts = recorder;
        if (counts != null) {
            counts.arrived();
        }
    }
}
