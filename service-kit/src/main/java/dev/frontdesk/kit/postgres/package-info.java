/** PostgreSQL features that R2DBC's common API lacks: LISTEN and NOTIFY. */
@NullMarked
package dev.frontdesk.kit.postgres;

import org.jspecify.annotations.NullMarked;
