/** {@code rolling-restart}: what clients notice while every service is restarted under load. */
@NullMarked
package dev.frontdesk.loadtests.restart;

import org.jspecify.annotations.NullMarked;
