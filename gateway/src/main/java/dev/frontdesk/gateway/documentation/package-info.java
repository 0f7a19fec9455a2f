/** {@code /docs}: shows the API and the events of Frontdesk, and the API documents of applications. */
@NullMarked
package dev.frontdesk.gateway.documentation;

import org.jspecify.annotations.NullMarked;
