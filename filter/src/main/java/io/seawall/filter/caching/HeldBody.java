package io.seawall.filter.caching;

import java.io.IOException;

/** What was written and is held back. */
interface HeldBody {

    /** Bytes, or characters. */
    int size();

    /** By which it is named. */
    byte[] bytes();

    /** Sends it. */
    void release() throws IOException;

    /** Forgets it. */
    void drop();

    /** Closes what it is sent to. */
    void end() throws IOException;
}
