package io.seawall.filter.client;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The proxies that tell the truth about whom they speak for.
 *
 * @param blocks their networks; empty: nobody is trusted
 */
public record TrustedProxies(List<CidrBlock> blocks) {

    /** The published networks of the large content networks are about 200; every trusted hop is looked for in all of them. */
    private static final int MAX_BLOCKS = 256;

    public TrustedProxies {
        blocks = List.copyOf(blocks);
    }

    /**
     * Reads the setting {@code trusted-proxies}.
     *
     * @param text networks in CIDR notation and addresses, several with {@code ,} between them; blank: none
     * @return the proxies
     * @throws IllegalArgumentException if one is no network or trusts everybody, or if there are too many
     */
    public static TrustedProxies parse(String text) {
        List<CidrBlock> blocks = new ArrayList<>();
        if (!text.isBlank()) {
            for (String part : text.split(",", -1)) {
                blocks.add(block(part.strip()));
            }
        }
        if (blocks.size() > MAX_BLOCKS) {
            throw new IllegalArgumentException(
                    blocks.size() + " networks are too many: use at most " + MAX_BLOCKS + ", join neighbours to one");
        }
        return new TrustedProxies(blocks);
    }

    private static CidrBlock block(String text) {
        CidrBlock block;
        try {
            block = CidrBlock.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is no network, " + e.getMessage(), e);
        }
        if (block.isEverything()) {
            throw new IllegalArgumentException("'" + text + "' trusts everybody, and then every client can call itself"
                    + " anything: name the networks of your own proxies, for example 10.0.0.0/8");
        }
        return block;
    }

    boolean isEmpty() {
        return blocks.isEmpty();
    }

    boolean contains(IpAddress address) {
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).contains(address)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return blocks.stream().map(CidrBlock::toString).collect(Collectors.joining(", "));
    }
}
