@NullMarked
package dev.frontdesk.loadtests.machine;

import org.jspecify.annotations.NullMarked;
