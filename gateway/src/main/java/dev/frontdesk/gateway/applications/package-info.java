/** Applications behind the gateway: their routes, who may come, and how requests are passed on to them. */
@NullMarked
package dev.frontdesk.gateway.applications;

import org.jspecify.annotations.NullMarked;
