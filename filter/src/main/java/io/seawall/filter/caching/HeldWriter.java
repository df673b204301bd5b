package io.seawall.filter.caching;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Writes characters to the answer: as long as it holds them back into memory, then to the client. They are made bytes by the
 * container, in the encoding of the answer, as if we were not there.
 */
final class HeldWriter extends Writer implements HeldBody {

    private final PrintWriter out;
    private final CachedAnswer answer;
    private StringBuilder held = new StringBuilder();

    HeldWriter(PrintWriter out, CachedAnswer answer) {
        this.out = out;
        this.answer = answer;
    }

    @Override
    public void write(int character) throws IOException {
        if (answer.holds(1)) {
            held.append((char) character);
        } else {
            out.write(character);
        }
    }

    @Override
    public void write(char[] characters, int from, int length) throws IOException {
        if (answer.holds(length)) {
            held.append(characters, from, length);
        } else {
            out.write(characters, from, length);
        }
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
        if (answer.holds(length)) {
            held.append(text, from, from + length);
        } else {
            out.write(text, from, length);
        }
    }

    /** A client that has gone is known to the container's writer, which does not throw. */
    @Override
    public void flush() throws IOException {
        if (answer.mayFlush() && out.checkError()) {
            throw new IOException("the answer cannot be written any more");
        }
    }

    @Override
    public void close() throws IOException {
        if (answer.mayClose()) {
            out.close();
        }
    }

    @Override
    public void end() {
        out.close();
    }

    boolean writesTo(PrintWriter other) {
        return out == other;
    }

    @Override
    public int size() {
        return held.length();
    }

    @Override
    public byte[] bytes() {
        return held.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void release() {
        StringBuilder released = held;
        drop();
        out.append(released);
    }

    @Override
    public void drop() {
        held = new StringBuilder(0);
    }
}
