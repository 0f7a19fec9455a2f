/** What all gateways of the installation share, and registration-service stores for them. */
@NullMarked
package dev.frontdesk.contracts.gateways;

import org.jspecify.annotations.NullMarked;
