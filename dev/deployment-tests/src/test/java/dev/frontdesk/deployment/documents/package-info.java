/** Checks docs/configuration.md against the services, and the repository's texts for secrets. */
@NullMarked
package dev.frontdesk.deployment.documents;

import org.jspecify.annotations.NullMarked;
