/** Load by number of clients and by rate: with a client for every kind of request, and with one that costs little. */
@NullMarked
package dev.frontdesk.loadtests.load;

import org.jspecify.annotations.NullMarked;
