/** What a load test starts itself. */
@NullMarked
package dev.frontdesk.loadtests.installation;

import org.jspecify.annotations.NullMarked;
