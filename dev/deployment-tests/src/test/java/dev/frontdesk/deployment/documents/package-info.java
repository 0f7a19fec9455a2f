/** Holds docs/configuration.md against the services, and the repository's texts against secrets. */
@NullMarked
package dev.frontdesk.deployment.documents;

import org.jspecify.annotations.NullMarked;
