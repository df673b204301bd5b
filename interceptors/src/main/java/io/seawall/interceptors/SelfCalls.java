package io.seawall.interceptors;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The methods of a class that the class itself calls. CDI does not see such calls, so it does not intercept them.
 *
 * <p>Read from the constant pool of the class file (JVM Specification, section 4.4), where every method that is called is
 * named. So a call of the same method on another object cannot be told from one on itself: a class that holds its own kind,
 * as one does to call itself through the container, counts as having none.
 */
final class SelfCalls {

    private static final int MAGIC = 0xCAFEBABE;

    private final Set<String> called = new HashSet<>();

    private SelfCalls() {}

    /** Reads a class and those above it; what cannot be read has no calls. */
    static SelfCalls of(Class<?> type) {
        SelfCalls calls = new SelfCalls();
        if (holdsItsOwnKind(type)) {
            return calls;
        }
        for (@Nullable Class<?> parent = type;
                parent != null && parent != Object.class;
                parent = parent.getSuperclass()) {
            calls.read(parent);
        }
        return calls;
    }

    /** Whether a method is called, by itself or through a bridge to it. */
    boolean include(Method method) {
        return called.contains(signature(method))
                || Arrays.stream(method.getDeclaringClass().getDeclaredMethods())
                        .filter(Method::isBridge)
                        .filter(bridge -> bridge.getName().equals(method.getName())
                                && bridge.getParameterCount() == method.getParameterCount())
                        .anyMatch(bridge -> called.contains(signature(bridge)));
    }

    private static String signature(Method method) {
        return method.getName()
                + MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                        .toMethodDescriptorString();
    }

    private static boolean holdsItsOwnKind(Class<?> type) {
        // By name too: Instance<Orders> is another type.
        return Arrays.stream(type.getDeclaredFields())
                .map(Field::getGenericType)
                .anyMatch(field -> List.of(field.getTypeName().split("[<>,? ]+", -1))
                                .contains(type.getName())
                        || (field instanceof Class<?> held && held.isInterface() && held.isAssignableFrom(type)));
    }

    /** A class calls its own methods as those of itself, inherited ones too; as those of a class above, by super. */
    private void read(Class<?> type) {
        String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
        try (InputStream in = type.getResourceAsStream(file)) {
            if (in != null) {
                ConstantPool pool = ConstantPool.read(new DataInputStream(new BufferedInputStream(in)));
                pool.addMethodsOf(type.getName().replace('.', '/'), called);
                // A bridge calls the method that it stands for; that is no call of the class itself.
                Arrays.stream(type.getDeclaredMethods())
                        .filter(Method::isBridge)
                        .forEach(bridge -> called.removeIf(name -> name.startsWith(bridge.getName() + "(")));
            }
        } catch (IOException unreadable) {
            return;
        }
    }

    /** What a class file names. Entries that are not asked for are skipped. */
    private record ConstantPool(
            Map<Integer, String> texts,
            Map<Integer, Integer> classes,
            Map<Integer, Integer> pairs,
            Map<Integer, Integer> methods) {

        static ConstantPool read(DataInputStream in) throws IOException {
            ConstantPool pool = new ConstantPool(new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>());
            if (in.readInt() != MAGIC) {
                throw new EOFException("no class file");
            }
            in.readInt(); // the versions
            int count = in.readUnsignedShort();
            for (int index = 1; index < count; index++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> pool.texts.put(index, in.readUTF());
                    case 7 -> pool.classes.put(index, in.readUnsignedShort());
                    case 10, 11 -> pool.methods.put(index, in.readInt());
                    case 12 -> pool.pairs.put(index, in.readInt());
                    case 5, 6 -> {
                        in.readLong();
                        index++; // they take two places
                    }
                    case 8, 16, 19, 20 -> in.readUnsignedShort();
                    case 15 -> in.skipNBytes(3);
                    case 3, 4, 9, 17, 18 -> in.readInt();
                    default -> throw new IOException("a class file with an entry of kind " + tag);
                }
            }
            return pool;
        }

        void addMethodsOf(String type, Set<String> found) {
            for (int method : methods.values()) {
                String owner = texts.get(classes.get(method >>> 16));
                int pair = pairs.getOrDefault(method & 0xffff, 0);
                if (type.equals(owner)) {
                    found.add(texts.get(pair >>> 16) + texts.get(pair & 0xffff));
                }
            }
        }
    }
}
