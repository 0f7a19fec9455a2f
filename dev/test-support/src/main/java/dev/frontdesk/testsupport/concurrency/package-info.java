/** What lets test classes run at the same time. */
@NullMarked
package dev.frontdesk.testsupport.concurrency;

import org.jspecify.annotations.NullMarked;
