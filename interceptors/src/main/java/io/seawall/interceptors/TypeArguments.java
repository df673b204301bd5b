package io.seawall.interceptors;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the type variables of the classes and interfaces above a class stand for: in {@code class Orders extends
 * Store<Order>}, what {@code Store<X>} calls {@code X} is {@code Order}. Two types are the same if they are written alike
 * when this is put in; a variable of a method is known by its place. Immutable.
 */
final class TypeArguments {

    /**
     * A type without variables of classes above.
     *
     * @param text how it is written
     * @param erased what is left of it at run time
     */
    record Resolved(String text, Class<?> erased) {}

    private final Map<TypeVariable<?>, Resolved> arguments = new HashMap<>();

    private TypeArguments() {}

    /** Of a class: its own variables stand for themselves. */
    static TypeArguments of(Class<?> type) {
        TypeArguments arguments = new TypeArguments();
        arguments.addAbove(type);
        return arguments;
    }

    Resolved resolve(Type type) {
        return new Resolved(text(type), erased(type));
    }

    /** Not by way of {@link #resolve}, which would never come to the end of {@code X extends Comparable<X>}. */
    Class<?> erased(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        }
        if (type instanceof GenericArrayType array) {
            return erased(array.getGenericComponentType()).arrayType();
        }
        if (type instanceof WildcardType wildcard) {
            return erased(wildcard.getUpperBounds()[0]); // Object, where there is a lower one
        }
        Resolved argument = arguments.get(type);
        return argument == null ? erased(((TypeVariable<?>) type).getBounds()[0]) : argument.erased();
    }

    boolean same(Type one, Type other) {
        return resolve(one).equals(resolve(other));
    }

    /** Whether a value of a type is one of another, too: the same, or a subclass with the same arguments. */
    boolean fits(Type from, Type to) {
        if (same(from, to)) {
            return true;
        }
        if (!erased(to).isAssignableFrom(erased(from))) {
            return false;
        }
        if (!(to instanceof ParameterizedType wanted)) {
            return resolve(to).text().equals(erased(to).getTypeName()); // it has no arguments that could be others
        }
        TypeVariable<?>[] variables = erased(to).getTypeParameters();
        TypeArguments ofValue = above(from);
        for (int i = 0; i < variables.length; i++) {
            Resolved given = ofValue.arguments.get(variables[i]);
            if (given == null || !contains(wanted.getActualTypeArguments()[i], given)) {
                return false;
            }
        }
        return true;
    }

    private boolean contains(Type wanted, Resolved given) {
        if (wanted instanceof WildcardType wildcard
                && wildcard.getLowerBounds().length == 0
                && wildcard.getUpperBounds()[0] instanceof Class<?> bound) {
            return bound.isAssignableFrom(given.erased());
        }
        return resolve(wanted).equals(given);
    }

    /** Of a type that is written in the terms of this class. */
    private TypeArguments above(Type type) {
        TypeArguments above = new TypeArguments();
        if (type instanceof ParameterizedType parameterized) {
            above.put(erased(type), parameterized, this);
        }
        above.addAbove(erased(type));
        return above;
    }

    private void addAbove(Class<?> type) {
        add(type.getGenericSuperclass());
        for (Type parent : type.getGenericInterfaces()) {
            add(parent);
        }
    }

    private void add(@Nullable Type parent) {
        if (parent instanceof ParameterizedType parameterized) {
            put((Class<?>) parameterized.getRawType(), parameterized, this);
            addAbove((Class<?>) parameterized.getRawType());
        } else if (parent instanceof Class<?> raw) {
            for (TypeVariable<?> variable : raw.getTypeParameters()) {
                // It is used without arguments, so only what is left at run time counts.
                arguments.put(variable, resolve((Type) erased(variable.getBounds()[0])));
            }
            addAbove(raw);
        }
    }

    private void put(Class<?> raw, ParameterizedType type, TypeArguments writtenIn) {
        TypeVariable<?>[] variables = raw.getTypeParameters();
        for (int i = 0; i < variables.length; i++) {
            arguments.put(variables[i], writtenIn.resolve(type.getActualTypeArguments()[i]));
        }
    }

    private String text(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            return owner(parameterized) + erased(type).getTypeName() + inBrackets(parameterized);
        }
        if (type instanceof GenericArrayType array) {
            return text(array.getGenericComponentType()) + "[]";
        }
        if (type instanceof WildcardType wildcard) {
            return text(wildcard);
        }
        return type instanceof TypeVariable<?> variable ? text(variable) : type.getTypeName();
    }

    private String text(WildcardType wildcard) {
        if (wildcard.getLowerBounds().length > 0) {
            return "? super " + text(wildcard.getLowerBounds()[0]);
        }
        Type bound = wildcard.getUpperBounds()[0];
        return bound == Object.class ? "?" : "? extends " + text(bound);
    }

    private String text(TypeVariable<?> variable) {
        Resolved argument = arguments.get(variable);
        if (argument != null) {
            return argument.text();
        }
        return variable.getGenericDeclaration() instanceof Method method
                ? "<" + Arrays.asList(method.getTypeParameters()).indexOf(variable) + ">"
                : variable.getName();
    }

    private String owner(ParameterizedType type) {
        return type.getOwnerType() instanceof ParameterizedType owner ? inBrackets(owner) + "." : "";
    }

    private String inBrackets(ParameterizedType type) {
        return Arrays.stream(type.getActualTypeArguments()).map(this::text).collect(Collectors.joining(", ", "<", ">"));
    }
}
