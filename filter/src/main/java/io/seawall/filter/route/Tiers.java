package io.seawall.filter.route;

import io.seawall.filter.settings.ApplicationClass;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which tier a request is in: the first answer of its selectors that is the name of a tier. */
public final class Tiers {

    private static final String ROLE = "role:";
    private static final String HEADER = "header:";
    private static final String ATTRIBUTE = "attribute:";

    private final String text;
    private final Set<String> names;
    private final List<TierSelector> selectors;

    private Tiers(String text, Set<String> names, List<TierSelector> selectors) {
        this.text = text;
        this.names = names;
        this.selectors = selectors;
    }

    /**
     * Reads the setting {@code tier}.
     *
     * @param text {@code role:NAME}, {@code header:NAME}, {@code attribute:NAME}, and names of classes that are a
     *     {@link TierSelector}, several with {@code ,} between them
     * @param names the tiers that there are
     * @return the selectors
     * @throws IllegalArgumentException if one is none, or selects no tier that there is
     */
    public static Tiers parse(String text, Set<String> names) {
        List<TierSelector> selectors = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            selectors.add(selector(part.strip(), names));
        }
        if (names.isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' finds no tier, as none has limits: give one limits with"
                    + " tier.NAME.limits, or leave 'tier' out");
        }
        return new Tiers(text, Set.copyOf(names), List.copyOf(selectors));
    }

    /**
     * Tiers that no request is ever in.
     *
     * @return as far as that is known beforehand: where only roles decide, those that are not the name of one of them
     */
    public Set<String> unreachable() {
        Set<String> unreachable = new TreeSet<>(names);
        for (String part : text.split(",", -1)) {
            String selector = part.strip();
            if (!selector.startsWith(ROLE)) {
                return Set.of();
            }
            unreachable.remove(name(selector, ROLE));
        }
        return unreachable;
    }

    /**
     * Says which tier a request is in.
     *
     * @param request which is only read
     * @return null if no selector knows one of the tiers
     */
    public @Nullable String of(HttpServletRequest request) {
        for (int i = 0; i < selectors.size(); i++) {
            String tier = selectors.get(i).tier(request);
            if (tier != null && names.contains(tier)) {
                return tier;
            }
        }
        return null;
    }

    private static TierSelector selector(String text, Set<String> names) {
        if (text.startsWith(ROLE)) {
            return role(name(text, ROLE), names);
        }
        if (text.startsWith(HEADER)) {
            String header = name(text, HEADER);
            return request -> request.getHeader(header);
        }
        if (text.startsWith(ATTRIBUTE)) {
            String attribute = name(text, ATTRIBUTE);
            return request -> {
                Object value = request.getAttribute(attribute);
                return value == null ? null : value.toString();
            };
        }
        if (text.isEmpty() || text.indexOf(':') >= 0) {
            throw new IllegalArgumentException("'" + text + "' is no way to find a tier: use role:NAME, header:NAME,"
                    + " attribute:NAME, or the name of a class that implements " + TierSelector.class.getName());
        }
        return ApplicationClass.newInstance(text, TierSelector.class);
    }

    private static TierSelector role(String role, Set<String> names) {
        if (!names.contains(role)) {
            throw new IllegalArgumentException("'" + ROLE + role + "' selects no tier: give the tier limits with tier."
                    + role + ".limits, or name the role like one of the tiers that there are, " + names);
        }
        return request -> request.isUserInRole(role) ? role : null;
    }

    private static String name(String text, String kind) {
        String name = text.substring(kind.length()).strip();
        if (name.isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' has no name: write " + kind + "NAME");
        }
        return name;
    }

    @Override
    public String toString() {
        return text;
    }
}
