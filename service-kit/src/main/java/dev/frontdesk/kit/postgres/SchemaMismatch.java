package dev.frontdesk.kit.postgres;

/**
 * The database was migrated by other scripts than those of this version, so that the service can't start on it. {@code
 * dev/up} recognises the cause by the beginning of the message in the log.
 */
final class SchemaMismatch extends IllegalStateException {

    /** @param what the first difference, in one line */
    SchemaMismatch(String what, Throwable cause) {
        super("The database has another layout than this version: " + what, cause);
    }
}
