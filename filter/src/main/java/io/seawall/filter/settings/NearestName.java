package io.seawall.filter.settings;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds the name that somebody may have meant. */
final class NearestName {

    /** More wrong letters are another word. */
    private static final int MAX_DISTANCE = 2;

    private NearestName() {}

    /** The name that differs in the fewest letters; null if all differ in more than two, or in half of them. */
    static @Nullable String of(String text, Collection<String> names) {
        String nearest = null;
        int best = MAX_DISTANCE + 1;
        for (String name : names) {
            int distance = Math.abs(name.length() - text.length()) > MAX_DISTANCE ? best : distance(text, name);
            if (distance < best && distance * 2 < name.length()) {
                best = distance;
                nearest = name;
            }
        }
        return nearest;
    }

    /** How many letters must be put in, left out or changed (Levenshtein), row by row of the table. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
