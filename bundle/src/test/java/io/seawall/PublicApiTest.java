package io.seawall;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The public API is the one that has been looked at: {@code docs/api.txt}. With {@code -Dseawall.api.update} that becomes what the code
 * has, and the difference stands in the commit.
 */
class PublicApiTest {

    private static final Path LIST = Path.of("../docs/api.txt");
    private static final String UPDATE =
            "./mvnw -pl bundle -am test -Dtest=PublicApiTest -Dsurefire.failIfNoSpecifiedTests=false -Dseawall.api.update";

    /** Not one type of them is meant for users; of a package that is not here, the pom says what is. */
    private static final Set<String> INTERNAL_PACKAGES = Set.of(
            "io.seawall.filter.settings",
            "io.seawall.interceptors.observers",
            "io.seawall.interceptors.settings",
            "io.seawall.interceptors.threads",
            "io.seawall.jdk",
            "io.seawall.observe.bridge",
            "io.seawall.time");

    private static final PublicApi API = PublicApi.ofThePom();

    @Test
    void the_api_is_the_one_that_is_listed() throws IOException {
        List<String> found = API.types()
                .sorted(Comparator.comparing(JavaClass::getName))
                .flatMap(type -> ApiText.lines(type).stream())
                .toList();
        if (!System.getProperty("seawall.api.update", "false").equals("false")) {
            Files.write(LIST, found);
        }
        ApiChange change = new ApiChange(Files.readAllLines(LIST), found);
        assertThat(change.isNone()).as(change.words(UPDATE)).isTrue();
    }

    @Test
    void every_package_is_meant_for_users_or_is_not() {
        Set<String> undecided = API.visible().stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !INTERNAL_PACKAGES.contains(name))
                .filter(name -> API.listed().stream()
                        .noneMatch(listed -> listed.equals(name)
                                || listed.substring(0, listed.lastIndexOf('.')).equals(name)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(undecided)
                .as("public types in packages that are neither in seawall.api (bundle/pom.xml) nor internal (here)")
                .isEmpty();
    }

    @Test
    void what_is_listed_is_there() {
        Set<String> there = API.visible().stream()
                .flatMap(type -> Stream.of(type.getName(), type.getPackageName()))
                .collect(Collectors.toSet());
        assertThat(there)
                .as("public types and packages; bundle/pom.xml lists others")
                .containsAll(API.listed())
                .containsAll(API.excepted());
    }

    /** Or users would hold something that they may not name, and that changes without notice. */
    @Test
    void the_api_names_nothing_but_itself_and_standards() {
        Set<String> leaks = API.types()
                .flatMap(type -> Stream.concat(
                        Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream())
                                .flatMap(named -> leaks(type.getName(), named)),
                        type.getMembers().stream()
                                .filter(PublicApiTest::isVisible)
                                .flatMap(member ->
                                        typesOf(member).flatMap(named -> leaks(member.getFullName(), named)))))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(leaks).isEmpty();
    }

    private static Stream<String> leaks(String where, JavaType named) {
        return named.getAllInvolvedRawTypes().stream()
                .map(JavaClass::getBaseComponentType)
                .filter(type -> type.getPackageName().startsWith("io.seawall") && !API.contains(type))
                .map(type -> where + " names " + type.getName());
    }

    private static Stream<JavaType> typesOf(JavaMember member) {
        return member instanceof JavaCodeUnit code
                ? Stream.of(
                                Stream.of(code.getReturnType()),
                                code.getParameterTypes().stream(),
                                code.getThrowsClause().getTypes().stream())
                        .flatMap(types -> types)
                : Stream.of(((JavaField) member).getType());
    }

    private static boolean isVisible(JavaMember member) {
        Set<JavaModifier> modifiers = member.getModifiers();
        return !modifiers.contains(JavaModifier.SYNTHETIC)
                && !modifiers.contains(JavaModifier.BRIDGE)
                && (modifiers.contains(JavaModifier.PUBLIC)
                        || (modifiers.contains(JavaModifier.PROTECTED)
                                && !member.getOwner().getModifiers().contains(JavaModifier.FINAL)));
    }

    @Test
    void a_change_says_what_is_gone_what_is_new_and_whom_it_breaks() {
        ApiChange change = new ApiChange(
                List.of("a.B: interface", "  int gone()", "  int kept()"),
                List.of("a.B: interface", "  int added()", "  int kept()", "a.C: final class", "  C()"));

        assertThat(change.isNone()).isFalse();
        assertThat(change.words("update"))
                .contains("- a.B: int gone()", "+ a.B: int added()", "+ a.C: final class", "breaks", "update")
                .doesNotContain("kept");
    }

    /** Between two lists. */
    private record ApiChange(Set<String> gone, Set<String> added) {

        ApiChange(List<String> before, List<String> after) {
            this(without(flat(before), flat(after)), without(flat(after), flat(before)));
        }

        boolean isNone() {
            return gone.isEmpty() && added.isEmpty();
        }

        String words(String update) {
            List<String> lines = new ArrayList<>();
            lines.add("the public API is not the one of docs/api.txt");
            gone.forEach(line -> lines.add("- " + line));
            added.forEach(line -> lines.add("+ " + line));
            lines.add(
                    gone.isEmpty()
                            ? "Nothing is gone: users are not broken, unless something was added that they must implement."
                            : "What is gone or has changed breaks users: keep it, or say so in CHANGELOG.md; see"
                                    + " CONTRIBUTING.md, \"Versions\".");
            lines.add("If it is meant so, commit the list that this writes: " + update);
            return String.join(System.lineSeparator(), lines);
        }

        /** Each member with its type. */
        private static Set<String> flat(List<String> lines) {
            Set<String> flat = new LinkedHashSet<>();
            String type = "";
            for (String line : lines) {
                if (line.startsWith("  ")) {
                    flat.add(type + ": " + line.strip());
                } else {
                    flat.add(line);
                    type = line.substring(0, line.indexOf(": "));
                }
            }
            return flat;
        }

        private static Set<String> without(Set<String> some, Set<String> others) {
            Set<String> left = new LinkedHashSet<>(some);
            left.removeAll(others);
            return left;
        }
    }
}
