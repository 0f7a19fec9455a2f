/** Addresses of people and of machines, in the one form that all services compare and count by. */
@NullMarked
package dev.frontdesk.kit.addresses;

import org.jspecify.annotations.NullMarked;
