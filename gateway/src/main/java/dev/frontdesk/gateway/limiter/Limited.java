package dev.frontdesk.gateway.limiter;

/**
 * A subject and the policy that holds for it now.
 *
 * @param cost requests that are taken at once
 */
public record Limited(Subject subject, Policy policy, int cost) {

    /**
     * At most the whole of the smallest limit: a request that costs more would never pass.
     *
     * @param routeCost how many requests a request of its route counts as
     */
    public static Limited of(Subject subject, Policy policy, int routeCost) {
        long cost = (long) policy.cost() * routeCost;
        return new Limited(subject, policy, (int) (cost <= 1 ? cost : Math.min(cost, policy.smallestLimit())));
    }

    Limited share(int gateways) {
        return new Limited(subject, policy.share(gateways, cost), cost);
    }

    byte[] forScript() {
        return policy.forScript(cost);
    }
}
