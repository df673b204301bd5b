package io.seawall.filter;

import java.io.BufferedReader;
import java.io.IOException;

/** The body of a {@link FollowedRequest} as text. What it inherits beside this (lines, whole arrays) comes from these. */
final class FollowedReader extends BufferedReader {

    private final BufferedReader reader;
    private final FollowedRequest.Follower follower;

    FollowedReader(BufferedReader reader, FollowedRequest.Follower follower) {
        super(reader, 1); // its own buffer is never used
        this.reader = reader;
        this.follower = follower;
    }

    @Override
    public int read() throws IOException {
        try {
            return reader.read();
        } catch (IOException | RuntimeException e) {
            follower.unreadable();
            throw e;
        }
    }

    @Override
    public int read(char[] characters, int offset, int length) throws IOException {
        try {
            return reader.read(characters, offset, length);
        } catch (IOException | RuntimeException e) {
            follower.unreadable();
            throw e;
        }
    }

    @Override
    public String readLine() throws IOException {
        try {
            return reader.readLine();
        } catch (IOException | RuntimeException e) {
            follower.unreadable();
            throw e;
        }
    }

    @Override
    public long skip(long count) throws IOException {
        try {
            return reader.skip(count);
        } catch (IOException | RuntimeException e) {
            follower.unreadable();
            throw e;
        }
    }

    @Override
    public boolean ready() throws IOException {
        return reader.ready();
    }

    @Override
    public boolean markSupported() {
        return reader.markSupported();
    }

    @Override
    public void mark(int readAheadLimit) throws IOException {
        reader.mark(readAheadLimit);
    }

    @Override
    public void reset() throws IOException {
        reader.reset();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
