package dev.frontdesk.notification.jobs;

/**
 * The attempt handed the job to a receiver that works on it and reports its outcome itself, with the job's fence. The
 * receiver has one lease of time for that, which it may renew.
 */
public final class AcceptedByReceiver extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public AcceptedByReceiver() {
        super("the receiver reports the outcome", null, false, false);
    }
}
