@NullMarked
package dev.frontdesk.loadtests.edge;

import org.jspecify.annotations.NullMarked;
