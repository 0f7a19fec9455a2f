/** Load by number of clients and by rate. */
@NullMarked
package dev.frontdesk.loadtests.load;

import org.jspecify.annotations.NullMarked;
