package dev.frontdesk.gateway.limiter;

/**
 * A subject and the policy that holds for it now.
 *
 * @param cost requests that are taken at once
 */
public record Limited(Subject subject, Policy policy, int cost) {

    /** More than any limit has. */
    private static final int MOST = 2_000_000_000;

    /** @param routeCost how many requests a request of its route counts as */
    public static Limited of(Subject subject, Policy policy, int routeCost) {
        return new Limited(subject, policy, (int) Math.min(MOST, (long) policy.cost() * routeCost));
    }

    Limited share(int gateways) {
        return new Limited(subject, policy.share(gateways, cost), cost);
    }

    byte[] forScript() {
        return policy.forScript(cost);
    }
}
