/** The path of a request through the gateway, from its headers to the end of its response. */
@NullMarked
package dev.frontdesk.gateway.pipeline;

import org.jspecify.annotations.NullMarked;
