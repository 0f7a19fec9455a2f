package dev.frontdesk.kit.connections;

/**
 * Changes the target of every request before anything else reads it, such as an access log. Applies to all versions of
 * HTTP; several run in the order of their beans. Runs on the event loop of the connection.
 */
@FunctionalInterface
public interface TargetRewrite {

    /** @param target as received, usually a path with a query */
    String rewrite(String target);
}
