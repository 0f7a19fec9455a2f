/** The tenants of the installation, for its operator. */
@NullMarked
package dev.frontdesk.registration.tenants;

import org.jspecify.annotations.NullMarked;
