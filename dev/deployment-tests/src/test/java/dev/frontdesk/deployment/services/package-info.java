/** What the services themselves say about what they read. */
@NullMarked
package dev.frontdesk.deployment.services;

import org.jspecify.annotations.NullMarked;
