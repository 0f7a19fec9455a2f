/** Where requests come from, and whom to believe about it. */
@NullMarked
package dev.frontdesk.gateway.clients;

import org.jspecify.annotations.NullMarked;
