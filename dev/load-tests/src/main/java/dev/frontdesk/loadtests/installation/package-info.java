/** The processes that a load test starts. */
@NullMarked
package dev.frontdesk.loadtests.installation;

import org.jspecify.annotations.NullMarked;
