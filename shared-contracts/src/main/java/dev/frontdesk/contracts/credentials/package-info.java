/** The password check that session-service requests from registration-service. */
@NullMarked
package dev.frontdesk.contracts.credentials;

import org.jspecify.annotations.NullMarked;
