/** The traffic of users and servers, its rate, and the failures that they notice. */
@NullMarked
package dev.frontdesk.loadtests.traffic;

import org.jspecify.annotations.NullMarked;
