/** The order in which a request passes through the gateway's filters. */
@NullMarked
package dev.frontdesk.gateway.pipeline;

import org.jspecify.annotations.NullMarked;
