package io.seawall.interceptors;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The methods of a class that the class itself calls. CDI does not see such calls, so it does not intercept them.
 *
 * <p>Read from the class file, where every method that is called is named. So a call of the same method on another object
 * cannot be told from one on itself: a class that holds its own kind, as one does to call itself through the container, counts
 * as having none.
 */
final class SelfCalls {

    private final Set<String> called = new HashSet<>();

    private SelfCalls() {}

    /** Reads a class and those above it; what cannot be read has no calls. */
    static SelfCalls of(Class<?> type) {
        SelfCalls calls = new SelfCalls();
        if (holdsAny(type, type)) {
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

    /** As {@link ClassFile#callsOf} tells it. */
    static String signature(Method method) {
        return method.getName()
                + MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                        .toMethodDescriptorString();
    }

    /** Whether a class has an object of a type, or a way to one. */
    private static boolean holdsAny(Class<?> holder, Class<?> type) {
        // By name too: Instance<Orders> is another type.
        return Arrays.stream(holder.getDeclaredFields())
                .filter(field -> !isOuterObject(field))
                .map(Field::getGenericType)
                .anyMatch(field -> List.of(field.getTypeName().split("[<>,? ]+", -1))
                                .contains(type.getName())
                        || (field instanceof Class<?> held && held.isInterface() && held.isAssignableFrom(type)));
    }

    /** A class calls its own methods as those of itself, inherited ones too; as those of a class above, by super. */
    private void read(Class<?> type) {
        for (Class<?> caller : withInnerClasses(type)) {
            called.addAll(calls(caller, type));
        }
    }

    private static Set<String> calls(Class<?> caller, Class<?> type) {
        String file = caller.getName().substring(caller.getName().lastIndexOf('.') + 1) + ".class";
        try (InputStream in = caller.getResourceAsStream(file)) {
            return in == null
                    ? Set.of()
                    : ClassFile.read(new DataInputStream(new BufferedInputStream(in)))
                            .callsOf(type);
        } catch (IOException unreadable) {
            return Set.of();
        }
    }

    /** And those whose objects belong to an object of the class, anonymous ones too: they call it as it calls itself. */
    private static List<Class<?>> withInnerClasses(Class<?> type) {
        List<Class<?>> classes = new ArrayList<>(List.of(type));
        try {
            for (Class<?> member : type.getNestMembers()) {
                if (isInside(member, type)) {
                    classes.add(member);
                }
            }
        } catch (LinkageError | TypeNotPresentException notAllThere) {
            return classes; // one of them wants what this server does not have
        }
        return classes;
    }

    private static boolean isInside(Class<?> member, Class<?> type) {
        Class<?> outer = member.getEnclosingClass();
        return outer != null
                && Arrays.stream(member.getDeclaredFields())
                        .anyMatch(field -> isOuterObject(field) && field.getType() == outer)
                && !holdsAny(member, type)
                && (outer == type || isInside(outer, type));
    }

    /** As the compiler names it; what else a class holds was given to it. */
    private static boolean isOuterObject(Field field) {
        return field.isSynthetic() && field.getName().startsWith("this$");
    }
}
