package dev.frontdesk.notification.jobs;

/**
 * A queue that every tenant has without creating it. The feature whose jobs it has declares it as a bean; this is all
 * that there is to say about it. Its handler, if the service works it, is a {@link JobHandler}.
 */
public interface BuiltInQueue {

    /** Who adds jobs to a queue. Who adds them also says who works them. */
    enum AddedBy {
        /** Only the service, through endpoints and events whose jobs it checks. It alone works them. */
        SERVICE,
        /** The service, which works them; clients as well while the tenant's own workers work the queue. */
        SERVICE_OR_CLIENTS,
        /** Clients; only workers of the tenant work them. */
        CLIENTS
    }

    /** 1 to 63 lower-case letters, digits and hyphens, a letter first. */
    String name();

    AddedBy addedBy();

    /** Limits, unless the configuration or a tenant's settings say otherwise. */
    default QueueLimits limits() {
        return QueueLimits.NONE;
    }

    /** Whether the payload has the address of a mail in {@code to}, so that a search for the address finds the job. */
    default boolean isSearchedByAddress() {
        return false;
    }

    /** Whether the payload has an account in {@code account_id}, so that a search for the account finds the job. */
    default boolean isSearchedByAccount() {
        return false;
    }

    /** Whether the report of deliveries lists the jobs. */
    default boolean isDelivery() {
        return false;
    }
}
