/** How Maven builds. */
@NullMarked
package dev.frontdesk.deployment.build;

import org.jspecify.annotations.NullMarked;
