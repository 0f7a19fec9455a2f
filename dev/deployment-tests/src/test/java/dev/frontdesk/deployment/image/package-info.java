/** Checks the Dockerfile against the build. */
@NullMarked
package dev.frontdesk.deployment.image;

import org.jspecify.annotations.NullMarked;
