@NullMarked
package dev.frontdesk.loadtests.load;

import org.jspecify.annotations.NullMarked;
