package io.seawall;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The texts that a source file has: literals, and those that {@code +} joins as one, with {@code …} for what is no literal. */
final class SourceTexts extends TreeScanner<@Nullable Void, @Nullable Void> {

    private final List<String> found = new ArrayList<>();

    private SourceTexts() {}

    static List<String> of(CompilationUnitTree unit) {
        SourceTexts texts = new SourceTexts();
        texts.scan(unit, null);
        return texts.found;
    }

    @Override
    public @Nullable Void visitBinary(BinaryTree node, @Nullable Void nothing) {
        if (node.getKind() != Tree.Kind.PLUS) {
            return super.visitBinary(node, null);
        }
        StringBuilder text = new StringBuilder();
        append(node, text);
        found.add(plain(text.toString()));
        return null;
    }

    @Override
    public @Nullable Void visitLiteral(LiteralTree node, @Nullable Void nothing) {
        if (node.getValue() instanceof String text) {
            found.add(plain(text));
        }
        return null;
    }

    private void append(ExpressionTree node, StringBuilder text) {
        if (node instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS) {
            append(sum.getLeftOperand(), text);
            append(sum.getRightOperand(), text);
        } else if (node instanceof ParenthesizedTree inner) {
            append(inner.getExpression(), text);
        } else if (node instanceof LiteralTree literal) {
            text.append(literal.getValue());
        } else {
            text.append('…');
            scan(node, null); // the texts of a choice, or of a call
        }
    }

    /** Patterns of the log have two apostrophes for one, and numbers in braces for what is put in. */
    private static String plain(String text) {
        return text.replace("''", "'").replaceAll("\\{\\d\\}", "…");
    }
}
