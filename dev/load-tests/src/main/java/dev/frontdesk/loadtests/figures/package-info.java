/** What a run counted and measured, and the lines that tell it. */
@NullMarked
package dev.frontdesk.loadtests.figures;

import org.jspecify.annotations.NullMarked;
