package io.seawall.filter.caching;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Writes bytes to the answer: as long as it holds them back into memory, then to the client. */
final class HeldStream extends ServletOutputStream implements HeldBody {

    private final ServletOutputStream out;
    private final CachedAnswer answer;
    private ByteArrayOutputStream held = new ByteArrayOutputStream();

    HeldStream(ServletOutputStream out, CachedAnswer answer) {
        this.out = out;
        this.answer = answer;
    }

    @Override
    public void write(int octet) throws IOException {
        if (answer.isClosed()) {
            return;
        }
        if (answer.holds(1)) {
            held.write(octet);
        } else {
            out.write(octet);
        }
    }

    @Override
    public void write(byte[] octets, int from, int length) throws IOException {
        if (answer.isClosed()) {
            return;
        }
        if (answer.holds(length)) {
            held.write(octets, from, length);
        } else {
            out.write(octets, from, length);
        }
    }

    @Override
    public void flush() throws IOException {
        if (!answer.isClosed() && answer.mayFlush()) {
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        if (answer.mayClose()) {
            out.close();
        }
    }

    @Override
    public void end() throws IOException {
        out.close();
    }

    boolean writesTo(ServletOutputStream other) {
        return out == other;
    }

    @Override
    public boolean isReady() {
        return answer.isHolding() || out.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        answer.asynchronous();
        out.setWriteListener(listener);
    }

    @Override
    public int size() {
        return held.size();
    }

    @Override
    public byte[] bytes() {
        return held.toByteArray();
    }

    @Override
    public void release() throws IOException {
        ByteArrayOutputStream released = held;
        drop();
        released.writeTo(out);
    }

    @Override
    public void drop() {
        held = new ByteArrayOutputStream(0);
    }
}
