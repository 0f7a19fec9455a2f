@NullMarked
package dev.frontdesk.loadtests.soak;

import org.jspecify.annotations.NullMarked;
