package io.seawall.filter.answer;

/** A refusal as one line of text. */
final class PlainText {

    private PlainText() {}

    static String of(Refusal refusal) {
        return RefusalWords.heading(refusal) + ". " + RefusalWords.advice(refusal, RefusalWords::waiting) + "\n";
    }
}
