/** Checks docker-compose.yml against the services. */
@NullMarked
package dev.frontdesk.deployment.compose;

import org.jspecify.annotations.NullMarked;
