package io.seawall;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** No public type or method of a module's main code is without documentation, and no package without its introduction. */
class DocumentationTest {

    @Test
    void every_public_type_and_method_is_documented() throws IOException {
        List<Path> sources = MainSources.files();
        assertThat(sources).hasSizeGreaterThan(50);
        assertThat(undocumented(sources)).isEmpty();
    }

    @Test
    void every_package_introduces_itself_and_is_checked_for_nulls() throws IOException {
        List<Path> introductions = MainSources.files().stream()
                .map(source -> source.resolveSibling("package-info.java"))
                .distinct()
                .toList();
        for (Path introduction : introductions) {
            assertThat(introduction).content().contains("/**", "@NullMarked");
        }
    }

    private static List<String> undocumented(List<Path> sources) throws IOException {
        List<String> found = new ArrayList<>();
        MainSources.parse(sources, (docs, unit) -> new Scanner(docs, found).scan(unit, null));
        return found;
    }

    private static final class Scanner extends TreePathScanner<@Nullable Void, @Nullable Void> {

        private final DocTrees docs;
        private final List<String> found;

        Scanner(DocTrees docs, List<String> found) {
            this.docs = docs;
            this.found = found;
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
            boolean inInterface = parentIsInterface();
            if (!isPublic(type.getModifiers()) && !inInterface) {
                return null; // and whatever is in it
            }
            check(type.getSimpleName().toString());
            return super.visitClass(type, null);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            boolean visible = isPublic(method.getModifiers()) || parentIsInterface();
            boolean overrides = method.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals("Override"));
            if (visible && !overrides && !isCompactConstructor(method)) {
                check(method.getName().toString());
            }
            return null;
        }

        private void check(String name) {
            if (docs.getDocComment(getCurrentPath()) == null) {
                found.add(Path.of(getCurrentPath()
                                        .getCompilationUnit()
                                        .getSourceFile()
                                        .getName())
                                .getFileName()
                        + ": " + name);
            }
        }

        private boolean parentIsInterface() {
            Tree parent = getCurrentPath().getParentPath().getLeaf();
            return parent.getKind() == Tree.Kind.INTERFACE || parent.getKind() == Tree.Kind.ANNOTATION_TYPE;
        }

        /** The record's own documentation describes its components. */
        private boolean isCompactConstructor(MethodTree method) {
            Tree parent = getCurrentPath().getParentPath().getLeaf();
            return parent.getKind() == Tree.Kind.RECORD && method.getName().contentEquals("<init>");
        }

        private static boolean isPublic(ModifiersTree modifiers) {
            Set<Modifier> flags = modifiers.getFlags();
            return flags.contains(Modifier.PUBLIC) || flags.contains(Modifier.PROTECTED);
        }
    }
}
