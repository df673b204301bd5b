package io.seawall.filter;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/** The body of a {@link FollowedRequest}, byte by byte that of the container. */
final class FollowedInput extends ServletInputStream {

    private final ServletInputStream input;
    private final FollowedRequest.Follower follower;

    FollowedInput(ServletInputStream input, FollowedRequest.Follower follower) {
        this.input = input;
        this.follower = follower;
    }

    @Override
    public int read() throws IOException {
        try {
            return input.read();
        } catch (IOException | RuntimeException e) {
            follower.unreadable();
            throw e;
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return input.read(bytes, offset, length);
        } catch (IOException | RuntimeException e) {
            follower.unreadable();
            throw e;
        }
    }

    @Override
    public int readLine(byte[] bytes, int offset, int length) throws IOException {
        try {
            return input.readLine(bytes, offset, length);
        } catch (IOException | RuntimeException e) {
            follower.unreadable();
            throw e;
        }
    }

    @Override
    public int available() throws IOException {
        return input.available();
    }

    @Override
    public boolean isFinished() {
        return input.isFinished();
    }

    @Override
    public boolean isReady() {
        return input.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        input.setReadListener(new FollowedListener(listener, follower));
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    private record FollowedListener(ReadListener listener, FollowedRequest.Follower follower) implements ReadListener {

        @Override
        public void onDataAvailable() throws IOException {
            listener.onDataAvailable();
        }

        @Override
        public void onAllDataRead() throws IOException {
            listener.onAllDataRead();
        }

        @Override
        public void onError(Throwable failure) {
            follower.unreadable();
            listener.onError(failure);
        }
    }
}
