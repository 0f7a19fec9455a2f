/** The only door to Frontdesk: who calls, how often, and to which service it goes. */
@NullMarked
package dev.frontdesk.gateway;

import org.jspecify.annotations.NullMarked;
