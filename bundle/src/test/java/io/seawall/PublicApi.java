package io.seawall;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The types that users may compile against: those of the lists in this module's pom. */
record PublicApi(Set<String> listed, Set<String> excepted, List<JavaClass> visible) {

    static PublicApi ofThePom() {
        JavaClasses all = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.seawall");
        return new PublicApi(
                names("seawall.api"),
                names("seawall.api.not"),
                all.stream().filter(PublicApi::isVisible).toList());
    }

    private static Set<String> names(String property) {
        return Arrays.stream(System.getProperty(property).split(",", -1))
                .map(String::strip)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Public or protected, and so is whatever it is in. */
    private static boolean isVisible(JavaClass type) {
        Set<JavaModifier> modifiers = type.getModifiers();
        return !modifiers.contains(JavaModifier.SYNTHETIC)
                && !type.isAnonymousClass()
                && !type.isLocalClass()
                && (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
                && type.getEnclosingClass().map(PublicApi::isVisible).orElse(true);
    }

    Stream<JavaClass> types() {
        return visible.stream().filter(this::contains);
    }

    boolean contains(JavaClass type) {
        JavaClass outermost = outermost(type);
        return isVisible(type)
                && !excepted.contains(outermost.getName())
                && (listed.contains(outermost.getName()) || listed.contains(outermost.getPackageName()));
    }

    static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(PublicApi::outermost).orElse(type);
    }
}
