/** What PostgreSQL can do beyond R2DBC's common part: LISTEN and NOTIFY. */
@NullMarked
package dev.frontdesk.kit.postgres;

import org.jspecify.annotations.NullMarked;
