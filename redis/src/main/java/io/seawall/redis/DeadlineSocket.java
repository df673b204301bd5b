package io.seawall.redis;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/**
 * A socket whose reads together end at a deadline. The time-out of a plain one begins anew with every read, so an answer that comes
 * byte by byte is waited for without end.
 */
final class DeadlineSocket extends Socket {

    private volatile Deadline deadline;
    private volatile boolean late;

    DeadlineSocket(Deadline deadline) {
        this.deadline = deadline;
    }

    /** All reads from now on end then. */
    void readUntil(Deadline newDeadline) {
        deadline = newDeadline;
        late = false;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                limitTheNextRead();
                return super.read();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                limitTheNextRead();
                return super.read(bytes, offset, length);
            }
        };
    }

    /** One short read is allowed after the deadline: the answer may be there, and this thread was late to look. */
    private void limitTheNextRead() throws IOException {
        if (deadline.leftNanos() <= 0) {
            if (late) {
                throw new SocketTimeoutException("no whole answer until the time-out");
            }
            late = true;
        }
        setSoTimeout(deadline.leftMillis());
    }
}
