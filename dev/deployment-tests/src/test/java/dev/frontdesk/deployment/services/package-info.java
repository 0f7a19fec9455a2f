/** The services' own description of what they read. */
@NullMarked
package dev.frontdesk.deployment.services;

import org.jspecify.annotations.NullMarked;
