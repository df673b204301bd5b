package io.seawall.filter.admin;

/**
 * A client that a policy has refused lately, on this node. The counts are of the last ten to fifteen minutes, in a memory of fixed
 * size: of those who are refused seldom, it forgets some.
 *
 * @param policy the name of the policy
 * @param client as people may see it: an address as it is, the start of a hash of anything else
 * @param shadow whether it was granted, and only limits in shadow refused
 * @param refusals how many there were at least; counted one by one up to a thousand refusals a second of all clients, of what is
 *     beyond that one in 64, for 64
 * @param unsure how many there may be more, from when it was not among those that are kept apart
 * @param lastAtMillis about when the last one was, in milliseconds since 1970
 */
public record RefusedClient(
        String policy, String client, boolean shadow, long refusals, long unsure, long lastAtMillis) {}
