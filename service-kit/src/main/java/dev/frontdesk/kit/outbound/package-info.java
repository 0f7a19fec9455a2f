/** Which addresses a request to a configured URL may be sent to, checked as the last step before the connection. */
@NullMarked
package dev.frontdesk.kit.outbound;

import org.jspecify.annotations.NullMarked;
