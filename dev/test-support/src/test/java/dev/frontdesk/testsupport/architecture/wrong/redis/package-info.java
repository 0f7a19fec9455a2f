/** Commands that stop a shared Redis. */
@NullMarked
package dev.frontdesk.testsupport.architecture.wrong.redis;

import org.jspecify.annotations.NullMarked;
