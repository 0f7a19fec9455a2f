/**
 * The connections' event loops, PostgreSQL features that R2DBC's common API lacks (LISTEN and NOTIFY), reading rows, and
 * migrations at the start.
 */
@NullMarked
package dev.frontdesk.kit.postgres;

import org.jspecify.annotations.NullMarked;
