package io.seawall;

import static java.util.stream.Collectors.joining;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaEnumConstant;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.JavaTypeVariable;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A type as users see it, in lines that stay the same as long as it does: one for the type, and one for each member, in the order of the
 * alphabet. What the language gives to every record and enum is left out, and so is what a method has of the one that it overrides in
 * the same way.
 */
final class ApiText {

    private static final Set<String> OF_EVERY_TYPE = Set.of("toString", "hashCode", "equals");

    /** What a reader knows without the package. */
    private static final List<String> USUAL = List.of(
            "java.lang.",
            "java.time.",
            "java.util.concurrent.",
            "java.util.function.",
            "java.util.random.",
            "java.util.",
            "jakarta.servlet.http.",
            "jakarta.servlet.");

    private ApiText() {}

    static List<String> lines(JavaClass type) {
        TreeSet<String> members = new TreeSet<>();
        fields(type).forEach(members::add);
        if (!type.isAnnotation() && !type.isRecord() && !type.isEnum()) {
            type.getConstructors().stream()
                    .filter(ApiText::isVisible)
                    .map(ApiText::constructor)
                    .forEach(members::add);
        }
        if (type.isRecord()) {
            type.getConstructors().stream()
                    .filter(ApiText::isVisible)
                    .filter(constructor -> !isCanonical(constructor))
                    .map(ApiText::constructor)
                    .forEach(members::add);
        }
        type.getMethods().stream()
                .filter(ApiText::isVisible)
                .filter(method -> !isGiven(method))
                .map(ApiText::method)
                .forEach(members::add);
        return Stream.concat(Stream.of(header(type)), members.stream().map(line -> "  " + line))
                .toList();
    }

    private static String header(JavaClass type) {
        StringBuilder header = new StringBuilder(type.getName().replace('$', '.'));
        header.append(typeParameters(type.getTypeParameters())).append(": ");
        if (type.isAnnotation()) {
            return header.append("annotation ")
                    .append(type.getAnnotations().stream()
                            .map(annotation -> "@" + annotation.getRawType().getSimpleName())
                            .sorted()
                            .collect(joining(" ")))
                    .toString();
        }
        boolean bare = type.isInterface() || type.isRecord() || type.isEnum();
        Set<JavaModifier> modifiers = type.getModifiers();
        if (isSealed(type)) {
            header.append("sealed ");
        }
        if (!bare && modifiers.contains(JavaModifier.ABSTRACT)) {
            header.append("abstract ");
        }
        if (!bare && modifiers.contains(JavaModifier.FINAL)) {
            header.append("final ");
        }
        if (!bare && modifiers.contains(JavaModifier.STATIC)) {
            header.append("static ");
        }
        header.append(type.isRecord() ? "record" : type.isEnum() ? "enum" : type.isInterface() ? "interface" : "class");
        if (type.isRecord()) {
            header.append(Arrays.stream(type.reflect().getRecordComponents())
                    .map(component -> name(component) + " " + component.getName())
                    .collect(joining(", ", "(", ")")));
        }
        if (!bare) {
            type.getSuperclass()
                    .filter(superclass -> !superclass.getName().equals("java.lang.Object"))
                    .ifPresent(superclass -> header.append(" extends ").append(name(superclass)));
        }
        String interfaces =
                type.getInterfaces().stream().map(ApiText::name).sorted().collect(joining(", "));
        if (!interfaces.isEmpty()) {
            header.append(type.isInterface() ? " extends " : " implements ").append(interfaces);
        }
        return header.toString();
    }

    /** Asked of interfaces alone: the JVM says it of enums whose constants have bodies, too, and classes may not load here. */
    private static boolean isSealed(JavaClass type) {
        return type.isInterface() && type.reflect().isSealed();
    }

    private static Stream<String> fields(JavaClass type) {
        return type.getFields().stream()
                .filter(ApiText::isVisible)
                .filter(field -> !type.isRecord() || field.getModifiers().contains(JavaModifier.STATIC))
                .map(ApiText::field);
    }

    private static String field(JavaField field) {
        if (field.getOwner().isEnum() && field.getRawType().equals(field.getOwner())) {
            return field.getName();
        }
        return modifiers(field) + name(field.getType()) + " " + field.getName() + deprecated(field);
    }

    private static String constructor(JavaConstructor constructor) {
        return modifiers(constructor)
                + typeParameters(constructor.getTypeParameters())
                + constructor.getOwner().getSimpleName()
                + parameters(constructor)
                + deprecated(constructor);
    }

    private static String method(JavaMethod method) {
        String types = typeParameters(method.getTypeParameters());
        return modifiers(method)
                + (types.isEmpty() ? "" : types + " ")
                + name(method.getReturnType())
                + " "
                + method.getName()
                + parameters(method)
                + method.getDefaultValue()
                        .map(value -> " default " + value(value))
                        .orElse("")
                + deprecated(method);
    }

    private static String parameters(JavaCodeUnit code) {
        String failures = code.getThrowsClause().getTypes().stream()
                .map(ApiText::name)
                .sorted()
                .collect(joining(", "));
        return code.getParameterTypes().stream().map(ApiText::name).collect(joining(", ", "(", ")"))
                + (failures.isEmpty() ? "" : " throws " + failures);
    }

    private static String modifiers(JavaMember member) {
        Set<JavaModifier> modifiers = member.getModifiers();
        boolean inInterface = member.getOwner().isInterface();
        StringBuilder text = new StringBuilder();
        if (modifiers.contains(JavaModifier.PROTECTED)) {
            text.append("protected ");
        }
        if (modifiers.contains(JavaModifier.STATIC)) {
            text.append("static ");
        }
        if (inInterface
                && member instanceof JavaMethod
                && !modifiers.contains(JavaModifier.STATIC)
                && !modifiers.contains(JavaModifier.ABSTRACT)) {
            text.append("default ");
        }
        if (!inInterface && modifiers.contains(JavaModifier.ABSTRACT)) {
            text.append("abstract ");
        }
        // Of a final class everything is, and a constant is by its nature.
        if (member instanceof JavaMethod
                && modifiers.contains(JavaModifier.FINAL)
                && !member.getOwner().getModifiers().contains(JavaModifier.FINAL)) {
            text.append("final ");
        }
        return text.toString();
    }

    private static String deprecated(JavaMember member) {
        return member.isAnnotatedWith(Deprecated.class) ? " @Deprecated" : "";
    }

    private static String typeParameters(List<? extends JavaTypeVariable<?>> variables) {
        return variables.isEmpty()
                ? ""
                : variables.stream()
                        .map(variable -> variable.getName() + bounds(variable))
                        .collect(joining(", ", "<", ">"));
    }

    private static String bounds(JavaTypeVariable<?> variable) {
        String bounds = variable.getUpperBounds().stream()
                .map(ApiText::name)
                .filter(bound -> !bound.equals("Object"))
                .collect(joining(" & "));
        return bounds.isEmpty() ? "" : " extends " + bounds;
    }

    private static String value(Object value) {
        if (value instanceof Object[] values) {
            return Arrays.stream(values).map(ApiText::value).collect(joining(", ", "{", "}"));
        }
        if (value instanceof JavaEnumConstant constant) {
            return constant.name();
        }
        if (value instanceof com.tngtech.archunit.core.domain.JavaAnnotation<?> annotation) {
            return "@" + annotation.getRawType().getSimpleName()
                    + annotation.getProperties().entrySet().stream()
                            .filter(entry -> annotation.hasExplicitlyDeclaredProperty(entry.getKey()))
                            .map(entry -> entry.getKey() + "=" + value(entry.getValue()))
                            .sorted()
                            .collect(joining(", ", "(", ")"));
        }
        if (value instanceof JavaClass type) {
            return name(type) + ".class";
        }
        return value instanceof String ? "\"" + value + "\"" : value.toString();
    }

    private static boolean isVisible(JavaMember member) {
        Set<JavaModifier> modifiers = member.getModifiers();
        return !modifiers.contains(JavaModifier.SYNTHETIC)
                && !modifiers.contains(JavaModifier.BRIDGE)
                && (modifiers.contains(JavaModifier.PUBLIC)
                        || (modifiers.contains(JavaModifier.PROTECTED)
                                && !member.getOwner().getModifiers().contains(JavaModifier.FINAL)));
    }

    /** By the language, or by what it overrides. */
    private static boolean isGiven(JavaMethod method) {
        JavaClass owner = method.getOwner();
        int parameters = method.getRawParameterTypes().size();
        if (OF_EVERY_TYPE.contains(method.getName())) {
            return parameters == (method.getName().equals("equals") ? 1 : 0);
        }
        if (owner.isEnum()) {
            return (method.getName().equals("values") && parameters == 0)
                    || (method.getName().equals("valueOf") && parameters == 1);
        }
        return owner.isRecord() && parameters == 0 && components(owner).contains(method.getName());
    }

    private static Set<String> components(JavaClass type) {
        return Arrays.stream(type.reflect().getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toSet());
    }

    private static boolean isCanonical(JavaConstructor constructor) {
        return Arrays.stream(constructor.getOwner().reflect().getRecordComponents())
                .map(component -> component.getType().getName())
                .toList()
                .equals(constructor.getRawParameterTypes().stream()
                        .map(JavaClass::getName)
                        .toList());
    }

    private static String name(RecordComponent component) {
        return shortened(component.getGenericType().getTypeName());
    }

    private static String name(JavaType type) {
        if (type instanceof JavaClass raw && raw.isArray()) {
            return name(raw.getComponentType()) + "[]";
        }
        return shortened(type.getName());
    }

    /** Without the packages that everybody knows. */
    private static String shortened(String name) {
        StringBuilder text = new StringBuilder();
        int start = 0;
        for (int i = 0; i <= name.length(); i++) {
            char c = i < name.length() ? name.charAt(i) : ',';
            if (!Character.isJavaIdentifierPart(c) && c != '.') {
                text.append(withoutPackage(name.substring(start, i)));
                if (i < name.length()) {
                    text.append(c);
                }
                start = i + 1;
            }
        }
        return text.toString().replace('$', '.');
    }

    private static String withoutPackage(String name) {
        for (String usual : USUAL) {
            if (name.startsWith(usual) && name.indexOf('.', usual.length()) < 0) {
                return name.substring(usual.length());
            }
        }
        return name;
    }
}
