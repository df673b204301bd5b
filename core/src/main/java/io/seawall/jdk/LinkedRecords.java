package io.seawall.jdk;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.runtime.ObjectMethods;

/**
 * Has the JDK let go of records. It links {@code equals}, {@code hashCode} and {@code toString} of all records by a few method
 * handles of its own, and each of them keeps the type that it was last adapted to (JDK-8078641): a class of ours or of
 * the application, and with it the class loader, however long ago the application has ended.
 */
public final class LinkedRecords {

    private static final Logger LOG = System.getLogger(LinkedRecords.class.getName());

    /** From here on such a type is kept by a soft reference. */
    private static final int MENDED = 21;

    private LinkedRecords() {}

    /** Call it last, when the application ends. It adapts those handles to a class that never goes. */
    public static void letGo() {
        if (Runtime.version().feature() >= MENDED) {
            return;
        }
        MethodHandle component = MethodHandles.identity(String.class);
        try {
            link("equals", MethodType.methodType(boolean.class, String.class, Object.class), component);
            link("hashCode", MethodType.methodType(int.class, String.class), component);
            link("toString", MethodType.methodType(String.class, String.class), component);
        } catch (Throwable unlinked) {
            LOG.log(Level.DEBUG, "the JDK may hold on to a record", unlinked);
        }
    }

    /** As if a string were a record with itself as its only component. */
    private static void link(String method, MethodType type, MethodHandle component) throws Throwable {
        ObjectMethods.bootstrap(MethodHandles.lookup(), method, type, String.class, "it", component);
    }
}
