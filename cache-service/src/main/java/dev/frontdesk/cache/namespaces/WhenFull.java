package dev.frontdesk.cache.namespaces;

/** What happens to a new entry once the tenant's quota is used up. */
public enum WhenFull {
    /** It is refused. */
    REFUSE,

    /** It takes the place of entries of the same namespace, those first that would expire first. */
    EVICT
}
