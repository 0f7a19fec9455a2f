/** Checks the manifests against the services and against each other. */
@NullMarked
package dev.frontdesk.deployment.kubernetes;

import org.jspecify.annotations.NullMarked;
