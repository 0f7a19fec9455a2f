package dev.frontdesk.kit.postgres;

import org.springframework.boot.ExitCodeGenerator;

/**
 * The database was migrated by other scripts than those of this version, so that the service can't start on it. The
 * process ends with {@value #EXIT_CODE} (EX_DATAERR of sysexits.h), by which {@code dev/up} recognises the cause.
 */
final class SchemaMismatch extends IllegalStateException implements ExitCodeGenerator {

    static final int EXIT_CODE = 65;

    /** @param what the first difference, in one line */
    SchemaMismatch(String what, Throwable cause) {
        super("The database has another layout than this version: " + what, cause);
    }

    @Override
    public int getExitCode() {
        return EXIT_CODE;
    }
}
